/** Puts the values of an agreement in the order in which people speak of them, each with its name. */
import { agreement } from '#texts/agreement.ts';
import { sentences } from '#texts/sentences.ts';
import type { Schema } from '../../../api/index.ts';
import { ruleWords } from '../../../format/rule-words.ts';
import type { Finding } from '../findings.ts';
import type { AgreedRule, AgreedValue, Terms } from './values.ts';

export type AgreedTerms = Schema<'AgreedTerms'>;
export type LinePart = Schema<'Comparison'>['differences_in_parts'][number][number];

const words = agreement.rules;

export interface Named {
  key: string;
  name: string;
  value: AgreedValue;
}

/** One thing that is agreed: a rule, a clock's terms, a threshold. */
export interface Entry {
  key: string;
  title: string;
  /** What it says, in words. */
  says?: string | null | undefined;
  rule?: AgreedRule;
  parts: { title: string; values: Named[] }[];
}

export interface Group {
  name: GroupName;
  entries: Entry[];
}

export type GroupName = keyof typeof words.groups;

const GROUPS: Record<string, GroupName> = {
  threshold: 'qualification', thresholds: 'qualification', mql: 'qualification', sql: 'qualification', never: 'qualification',
  fit: 'fit', engagement: 'engagement', handoffs: 'handoffs', appointments: 'handoffs', marketing: 'marketing',
  return_reasons: 'returns', teams: 'people', territories: 'people', calendars: 'people', personas: 'personas', score: 'score',
};
const ORDER = Object.keys(words.groups) as GroupName[];
/** Sections of the agreement that have a name for each entry. */
const OF_MANY = new Set(['thresholds', 'never', 'fit', 'engagement', 'handoffs', 'return_reasons', 'teams', 'territories', 'calendars', 'personas', 'marketing']);
/** Those that a group has for itself. */
const WHOLE = new Set(['fit', 'engagement', 'handoffs', 'return_reasons', 'teams', 'personas', 'marketing']);
/** Steps of a path that a reader needs no word for. */
const SILENT = new Set(['when', 'all', 'any', 'clocks', 'criteria', 'reps', 'yes_if', 'points_of']);

/** Rules may be added to these, even if there are none yet. */
const GROWING = new Set<GroupName>(['fit', 'engagement']);

/** Returns the groups that the agreement has, with their entries in the order of its text. */
export function grouped({ values, rules }: Terms, terms: AgreedTerms | undefined): Group[] {
  const entries = new Map<string, Entry & { group: GroupName }>();
  const entry = (path: readonly string[]) => {
    const top = path[0] ?? '';
    const isOfMany = OF_MANY.has(top) && path.length > 1;
    const key = path.slice(0, isOfMany ? 2 : 1).join('.');
    const made = entries.get(key) ?? { key, group: GROUPS[top] ?? 'rest', ...titled(top, isOfMany ? path[1] : undefined, terms), parts: [] };
    entries.set(key, made);
    return { made, rest: path.slice(isOfMany ? 2 : 1) };
  };
  for (const rule of rules) entry([rule.section, rule.id]).made.rule = rule;
  for (const value of values) {
    const { made, rest } = entry(value.path);
    const [title, inner] = partOf(rest, made, terms);
    let part = made.parts.find((each) => each.title === title);
    if (!part) made.parts.push(part = { title, values: [] });
    part.values.push({ key: value.path.join('.'), name: named(inner, value), value });
  }
  if (terms?.qualification.sql) entry(['sql']);
  const all = [...entries.values()];
  return ORDER.map((name) => ({ name, entries: all.filter((each) => each.group === name) })).filter((each) => each.entries.length > 0 || GROWING.has(each.name));
}

/** Findings by their path, and by where in the text they are. */
export type Placed = ReadonlyMap<string | number, Finding>;

export function placed(findings: readonly Finding[], text: string): Placed {
  const starts = [0];
  for (let end = text.indexOf('\n'); findings.length > 0 && end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return new Map<string | number, Finding>(findings.toReversed().flatMap((each) => [
    ...(each.line === undefined ? [] : [[(starts[each.line - 1] ?? text.length) + (each.column ?? 1) - 1, each] as const]), [each.field, each] as const,
  ]));
}

/** Returns what was found at a value: by its path, or else by the place of its name in the text. */
export function foundAt(findings: Placed, { path, begins }: AgreedValue): Finding | undefined {
  return findings.get(path.join('.')) ?? findings.get(begins);
}

/** Returns what was found at an entry as a whole, or at a part of it that no field shows. */
export function foundIn(findings: readonly Finding[], entry: Entry, shown: ReadonlySet<Finding>): Finding[] {
  return findings.filter((each) => !shown.has(each) && (each.field === entry.key || each.field.startsWith(`${entry.key}.`)));
}

/** Returns `30 minutes` for `30m`, and nothing for what says so itself. */
export function spokenTime(written: string): string {
  const parts = [...written.matchAll(/(\d+)\s*([smhdw])(?![a-z])/g)];
  return parts.map(([, count, unit]) => sentences.spelt(Number(count), unit as 's' | 'm' | 'h' | 'd' | 'w')).join(' ');
}

/** Terms that lines name without the section of the text that has them. */
const WITHIN: Record<string, string> = {
  quiet_period: 'target_accounts', form_handoffs: 'target_accounts', known_by_name: 'target_accounts',
  half_life: 'score', full_score: 'score', scale: 'score', recycled_leads_earn: 'score',
};

/** Returns a line of differences as people speak: terms, rules and lengths of time by their names. */
export function spokenLine(line: readonly LinePart[]): string {
  return line.map(({ text, path, steps, seconds, asks }, place) => {
    if (path) return place === 0 ? spokenTerm(path) : spokenThing(path);
    if (steps) return steps.map((each) => `${words.step(each.do).toLowerCase()} ${each.at}`).join(', ');
    if (seconds !== undefined) return spokenSeconds(seconds);
    return asks ? ruleWords(text) : text;
  }).join('');
}

/** Returns the name of the one rule that a line is about, such as `fit.student`, unless the line says what it asks. */
export function ruleOfLine(line: readonly LinePart[]): string | undefined {
  const [rule, another] = line.flatMap((each) => each.rule ?? []);
  return another || line.some((each) => each.asks) ? undefined : rule;
}

/** Returns the term of a path with its group: `How fast sales acts: Sales qualified lead, Accept, Within`. */
function spokenTerm(written: readonly string[]): string {
  const section = WITHIN[written[0] ?? ''];
  const [top = '', name, ...rest] = section ? [section, ...written] : written;
  const group = words.groups[GROUPS[top] ?? 'rest'];
  if (name === undefined && WHOLE.has(top)) return group;
  const isOfMany = OF_MANY.has(top);
  const { title } = titled(top, isOfMany ? name : undefined, undefined);
  const within = isOfMany || name === undefined ? rest : [name, ...rest];
  const [part, inner] = partOf(within, { key: isOfMany && name ? `${top}.${name}` : top }, undefined);
  const isRule = top === 'fit' || top === 'engagement';
  const ofRule = inner.join() === 'at_most' ? '' : spaced(inner.map((each) => words.names[each] ?? each).join(' '));
  const told = isRule ? ofRule : inner.length ? named(inner, { path: written }) : '';
  return `${group}: ${[title, part, told].filter(Boolean).join(', ')}`;
}

/** Returns what a line calls a thing that is new, gone, or in another place. */
function spokenThing(path: readonly string[]): string {
  const [top = '', name] = path;
  return path.length === 2 && OF_MANY.has(top) ? titled(top, name, undefined).title : plain(path.at(-1) ?? '');
}

function spokenSeconds(seconds: number): string {
  return UNITS.map(([unit, size, most]) => [unit, Math.floor(seconds % most / size)] as const)
    .filter(([, count]) => count > 0).map(([unit, count]) => sentences.spelt(count, unit)).join(' ');
}

const UNITS = [['d', 86_400, Infinity], ['h', 3600, 86_400], ['m', 60, 3600], ['s', 1, 60]] as const;

function titled(top: string, name: string | undefined, terms: AgreedTerms | undefined): { title: string; says?: string | null | undefined } {
  const qualification = terms?.qualification;
  if (top === 'mql' || top === 'sql') return { title: words.entries[top] ?? top, says: qualification?.[top] };
  if (name === undefined) return { title: words.entries[top] ?? plain(top) };
  if (top === 'fit' || top === 'engagement') return { title: plain(name), says: terms?.[top].find((each) => each.id === name)?.when };
  if (top === 'thresholds') return { title: plain(name), says: qualification?.thresholds.map(({ id, when }) => (id === name ? String(when) : '')).find(Boolean) };
  if (top === 'handoffs') return { title: terms?.triggers.find((each) => each.name === name)?.label ?? words.entries[`${top}.${name}`] ?? plain(name) };
  if (top === 'return_reasons') return { title: terms?.return_reasons.find((each) => each.name === name)?.label ?? plain(name) };
  if (top === 'teams') return { title: terms?.teams.find((each) => each.team === name)?.label ?? plain(name) };
  if (top === 'personas') return { title: terms?.personas.find((each) => each.id === name)?.label ?? plain(name) };
  return { title: words.entries[`${top}.${name}`] ?? plain(name) };
}

/** Returns the title of the part that a value stands in, such as that of a clock, and the rest of the way to it. */
function partOf(rest: readonly string[], entry: Pick<Entry, 'key'>, terms: AgreedTerms | undefined): [string, readonly string[]] {
  const clock = rest.indexOf('clocks');
  if (clock >= 0) {
    const name = rest[clock + 1] ?? '';
    const label = terms?.triggers.flatMap((each) => each.clocks).find((each) => each.name === name)?.label ?? plain(name);
    return [clock === 0 ? label : words.sooner(label), rest.slice(clock + 2)];
  }
  if (entry.key === 'marketing.checklist') {
    const question = terms?.checklist.find((each) => each.id === rest[0])?.question;
    return [question ?? plain(rest[0] ?? ''), rest.slice(1)];
  }
  return rest[0]?.endsWith('_bands') ? [words.names[rest[0]] ?? plain(rest[0]), rest.slice(1)] : ['', rest];
}

function named(rest: readonly string[], { does, path }: Pick<AgreedValue, 'does' | 'path'>): string {
  if (does && rest.at(-1) === 'at') return words.step(does);
  const steps = rest.filter((each) => !SILENT.has(each) && !/^\d+$/.test(each));
  const [above, last] = [steps.at(-2), steps.at(-1) ?? path[0] ?? ''];
  const pair = words.names[`${above}.${last}`];
  const [begun, ending] = pair ? [steps.slice(0, -2), pair] : [steps.slice(0, -1), words.names[last] ?? spaced(last)];
  const name = [...begun.map((each) => words.names[each] ?? spaced(each)), ending].join(' ');
  const place = rest.at(-1);
  return capital(rest.at(-2) === 'between' && place ? words.between(name, place === '1') : name);
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const spaced = (name: string) => name.replaceAll(/[_-]+/g, ' ');
const plain = (name: string) => capital(spaced(name));
