/** Makes a rule of what somebody typed into the form, and tells which field a finding of the check is about. */
import type { Finding } from '../findings.ts';
import { type RuleSection, spelling } from '../rules/values.ts';
import type { Part, Rule } from './yaml.ts';

/** What a lead does, as it stands in the form. */
export interface Deed {
  kind: string;
  /** Only for this content; empty for all. */
  content: string;
  points: string;
  /** At most so many times, in so much time. */
  times: string;
  per: string;
  /** Not before so many times within so much time. */
  least: string;
  within: string;
  fades: Fading;
  after: string;
  id: string;
}

/** `usual`: as all points; `half`: count half after a time of their own; `gone`: are gone after it. */
export type Fading = 'usual' | 'half' | 'gone' | 'never';

/** What a lead is, as it stands in the form. */
export interface Trait {
  fact: string;
  way: Way;
  words: string;
  from: string;
  to: string;
  is: 'yes' | 'no';
  points: string;
  id: string;
}

/** `contains`: one of these words stands in it; `is`: it is one of these. */
export type Way = 'contains' | 'is';

export const NO_DEED: Deed = { kind: '', content: '', points: '', times: '', per: '', least: '', within: '', fades: 'usual', after: '', id: '' };
export const NO_TRAIT: Trait = { fact: 'title', way: 'contains', words: '', from: '', to: '', is: 'yes', points: '', id: '' };

/** `text`: words; `number`: from and to; `yesNo`; `choice`: one of some words. */
export type FactKind = 'text' | 'number' | 'yesNo' | 'choice';

/** The facts that rules can ask, by Baton's names, in the order in which people look for them. */
export const FACTS: Readonly<Record<string, FactKind>> = {
  title: 'text', industry: 'text', employees: 'number', revenue: 'number', company_country: 'text', country: 'text', region: 'text', language: 'text',
  company: 'text', company_domain: 'text', email_domain: 'text', infrastructure: 'text', channel: 'text', source: 'text', campaign: 'text', budget: 'number',
  authority: 'text', need: 'text', timeline: 'text', free_mail: 'yesNo', disposable_address: 'yesNo', target_account: 'yesNo',
};
/** Stands before the name of an agreement's own fact. */
export const OWN = 'attributes.';

/** Returns the rule for what a lead does, as it is written. */
export function ruleOfDeed(deed: Deed, id: string): Rule {
  const signal = { kind: deed.kind.trim(), ...(deed.content ? { content: deed.content } : {}) };
  const [times, per, within, after] = [deed.times, deed.per, deed.within, deed.after].map((each) => each.trim());
  const often = { ...(deed.least.trim() ? { at_least: number(deed.least) } : {}), ...(within ? { within: time(within) } : {}) };
  return {
    id,
    points: number(deed.points),
    signal,
    ...(Object.keys(often).length ? { when: { signals: { match: signal, ...often } } } : {}),
    ...(times || per ? { at_most: { ...(times ? { times: number(times) } : {}), ...(per ? { per: time(per) } : {}) } } : {}),
    ...(deed.fades === 'never' ? { half_life: 'never' } : {}),
    ...(deed.fades === 'half' ? { half_life: time(after ?? '') } : {}),
    ...(deed.fades === 'gone' ? { expires_after: time(after ?? '') } : {}),
  };
}

/** Returns the rule for what a lead is, as it is written. */
export function ruleOfTrait(trait: Trait, kind: FactKind, id: string): Rule {
  const name = trait.fact.replace(OWN, '');
  const test = { [name]: testOf(trait, kind) };
  return { id, points: number(trait.points), when: trait.fact.startsWith(OWN) ? { attributes: test } : test };
}

/** Returns a name that no other rule has: `webinar-attended`, `title-director`. */
export function nameOf(parts: readonly string[], taken: ReadonlySet<string>): string {
  const slug = parts.join(' ').normalize('NFKD').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+/, '').slice(0, LONGEST).replace(/-+$/, '') || 'rule';
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? slug : `${slug}-${count}`;
    if (!taken.has(name)) return name;
  }
}

const LONGEST = 36;

export function nameOfDeed({ kind, content, least }: Deed, taken: ReadonlySet<string>): string {
  return nameOf([kind, content, ...(Number(least) > 1 ? [least, 'times'] : [])], taken);
}

export function nameOfTrait({ fact, words, from, to, is }: Trait, kind: FactKind, taken: ReadonlySet<string>): string {
  const said = kind === 'number' ? [from && `from ${from}`, to && `to ${to}`] : kind === 'yesNo' ? [is === 'no' ? 'not' : ''] : [listed(words)[0] ?? ''];
  return nameOf([fact.replace(OWN, ''), ...said], taken);
}

/** Returns the words of a list that somebody typed with commas between them. */
export function listed(typed: string): string[] {
  return [...new Set(typed.split(/[,;\n]/).map((each) => each.trim()).filter(Boolean))];
}

const FIELD_OF: readonly [RegExp, keyof Deed | keyof Trait][] = [
  [/^points/, 'points'], [/^id/, 'id'], [/^signal\.content|^when\.signals\.match\.content/, 'content'], [/^signal|^when\.signals\.match/, 'kind'],
  [/^when\.signals\.within/, 'within'], [/^when\.signals/, 'least'], [/^at_most\.per/, 'per'], [/^at_most/, 'times'], [/^half_life|^expires_after/, 'after'],
  [/^when/, 'words'],
];

/** Returns what was found at each field of a rule that is being made, by the field's name; '' is the rule as a whole. */
export function foundAtFields(findings: readonly Finding[], section: RuleSection, id: string): Map<string, string> {
  const whole = `${section}.${id}`;
  const found = new Map<string, string>();
  for (const { field, detail } of findings) {
    if (field !== whole && !field.startsWith(`${whole}.`)) continue;
    const rest = field.slice(whole.length + 1);
    const name = FIELD_OF.find(([pattern]) => pattern.test(rest))?.[1] ?? '';
    if (!found.has(name)) found.set(name, detail);
  }
  return found;
}

/** Returns how a fact is tested: `[a, b]`, `{matches: …}`, `{between: [50, 500]}`, `true`. */
function testOf({ way, words, from, to, is }: Trait, kind: FactKind): Part {
  if (kind === 'yesNo') return is === 'yes';
  if (kind === 'number') {
    const [low, high] = [from.trim(), to.trim()];
    return low && high ? { between: [number(low), number(high)] } : high ? { at_most: number(high) } : { at_least: number(low) };
  }
  const said = listed(words);
  return kind === 'text' && way === 'contains' ? { matches: pattern(said) } : said;
}

/** Returns a pattern that finds one of some words as a whole; RE2's `\b` knows the letters a to z. */
function pattern(said: readonly string[]): string {
  const escaped = said.map((each) => each.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const [begin, end] = [said.every((each) => /^\w/.test(each)), said.every((each) => /\w$/.test(each))];
  return `${begin ? String.raw`\b` : ''}(${escaped.join('|')})${end ? String.raw`\b` : ''}`;
}

function number(typed: string): number | string {
  const text = typed.trim();
  return /^-?\d{1,15}(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

const time = (typed: string) => spelling('time', typed);
