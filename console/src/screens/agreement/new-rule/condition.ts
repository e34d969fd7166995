/** Makes a condition of what somebody typed into the form: one test, or several that hold together or of which one will do. */
import { spelling } from '../rules/values.ts';
import { inFlow, type Part } from './yaml.ts';

/** One part of a condition, as it stands in the form. */
export interface Asked {
  /** By Baton's name, an agreement's own behind `attributes.`; `signals` is what they did. */
  fact: string;
  way: Way;
  /** With commas between them; of signals their kind. */
  words: string;
  /** Numbers, times, or of signals how many. */
  from: string;
  to: string;
  is: 'yes' | 'no';
  /** Of signals: only with this content; empty for all. */
  content: string;
  /** Of signals: within so much time. */
  within: string;
  /** It must not be so. */
  isNot: boolean;
}

/** `contains`: one of these words stands in it; `is`: it is one of these; `known`: something is known. */
export type Way = 'contains' | 'is' | 'known';
/** `all`: all parts hold; `any`: at least one of them. */
export type Joined = 'all' | 'any';
/** `text`: words; `number`, `time`: from and to; `yesNo`; `choice`: one of some words; `deed`: what they did, and how often. */
export type FactKind = 'text' | 'number' | 'time' | 'yesNo' | 'choice' | 'deed';
export type Condition = { readonly [name: string]: Part };

/** Stands before the name of an agreement's own fact. */
export const OWN = 'attributes.';
export const DID = 'signals';

export const NOTHING_ASKED: Asked = { fact: 'title', way: 'contains', words: '', from: '', to: '', is: 'yes', content: '', within: '', isNot: false };

/** Returns the test of one part: `{employees: {at_least: 51}}`, `{not: {country: [NO]}}`. */
export function testOf(asked: Asked, kind: FactKind): Condition {
  const test = { [asked.fact.replace(OWN, '')]: valueOf(asked, kind) };
  const condition = asked.fact.startsWith(OWN) ? { attributes: test } : test;
  return asked.isNot && !isSaidWithin(asked, kind) ? { not: condition } : condition;
}

/** Tells whether a test says by itself that something is not so. */
function isSaidWithin({ way }: Asked, kind: FactKind): boolean {
  return kind === 'yesNo' || kind === 'text' && way === 'known';
}

/** Returns one condition of several; those that ask different things stand side by side, as people write them. */
export function joined(conditions: readonly Condition[], how: Joined): Condition {
  const [first] = conditions;
  if (conditions.length < 2) return first ?? {};
  if (how === 'any') return { any: conditions };
  return areSideBySide(conditions) ? Object.assign({}, ...conditions) as Condition : { all: conditions };
}

/** Returns where each of several conditions stands within the one that is made of them: `any.0`, `employees`. */
export function placesOf(conditions: readonly Condition[], how: Joined): string[] {
  const isList = conditions.length > 1 && (how === 'any' || !areSideBySide(conditions));
  return conditions.map((each, at) => (isList ? `${how}.${at}` : Object.keys(each)[0] ?? ''));
}

function areSideBySide(conditions: readonly Condition[]): boolean {
  const names = conditions.flatMap((each) => Object.keys(each));
  return new Set(names).size === names.length;
}

/** Returns the words of a list that somebody typed with commas between them. */
export function listed(typed: string): string[] {
  return [...new Set(typed.split(/[,;\n]/).map((each) => each.trim()).filter(Boolean))];
}

export function number(typed: string): number | string {
  const text = typed.trim();
  const isPlain = /^-?\d{1,15}(?:\.\d+)?$/.test(text) && /^-?\d+(?:\.\d{1,18})?$/.test(inFlow(Number(text)));
  return isPlain ? Number(text) : text;
}

export const time = (typed: string) => spelling('time', typed);

/** Returns how a fact is tested: `[a, b]`, `{matches: …}`, `{between: [50, 500]}`, `true`. */
function valueOf(asked: Asked, kind: FactKind): Part {
  if (kind === 'yesNo') return asked.is === 'yes';
  if (kind === 'deed') return deeds(asked);
  if (kind === 'number' || kind === 'time') return range(asked, kind === 'time' ? time : number);
  if (kind === 'text' && asked.way === 'known') return { known: !asked.isNot };
  const said = listed(asked.words);
  return kind === 'text' && asked.way === 'contains' ? { matches: pattern(said) } : said;
}

function range({ from, to }: Asked, read: (typed: string) => number | string): Part {
  const [low, high] = [from.trim(), to.trim()];
  if (low && high && read === number) return { between: [number(low), number(high)] };
  return { ...(low ? { at_least: read(low) } : {}), ...(high ? { at_most: read(high) } : {}) };
}

function deeds({ words, content, from, to, within }: Asked): Part {
  const match = { kind: words.trim(), ...(content ? { content } : {}) };
  return {
    match,
    ...(from.trim() ? { at_least: number(from) } : {}), ...(to.trim() ? { at_most: number(to) } : {}),
    ...(within.trim() ? { within: time(within) } : {}),
  };
}

/** Returns a pattern that finds one of some words as a whole; RE2's `\b` knows the letters a to z. */
function pattern(said: readonly string[]): string {
  const escaped = said.map((each) => each.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const [begin, end] = [said.every((each) => /^\w/.test(each)), said.every((each) => /\w$/.test(each))];
  return `${begin ? String.raw`\b` : ''}(${escaped.join('|')})${end ? String.raw`\b` : ''}`;
}
