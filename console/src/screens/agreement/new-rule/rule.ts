/** Makes a rule of what somebody typed into the form, and tells which field a finding of the check is about. */
import type { Finding } from '../findings.ts';
import type { RuleSection } from '../rules/values.ts';
import { type Asked, type Condition, DID, type FactKind, type Joined, joined, listed, NOTHING_ASKED, number, OWN, placesOf, testOf, time } from './condition.ts';
import type { Rule } from './yaml.ts';

/** What rules of both kinds say. */
interface Typed {
  points: string;
  id: string;
  /** What is asked; for a deed, what must hold besides. */
  asked: readonly Asked[];
  how: Joined;
}

/** What a lead does, as it stands in the form. */
export interface Deed extends Typed {
  kind: string;
  /** Only for this content; empty for all. */
  content: string;
  /** At most so many times, or so many points, in so much time. */
  times: string;
  most: string;
  per: string;
  /** Not before so many times within so much time. */
  least: string;
  within: string;
  fades: Fading;
  after: string;
}

/** `usual`: as all points; `half`: count half after a time of their own; `gone`: are gone after it. */
export type Fading = 'usual' | 'half' | 'gone' | 'never';

/** What a lead is, as it stands in the form. */
export type Trait = Typed;

export const NO_DEED: Deed = { kind: '', content: '', points: '', times: '', most: '', per: '', least: '', within: '', fades: 'usual', after: '', id: '', asked: [], how: 'all' };
export const NO_TRAIT: Trait = { points: '', id: '', asked: [NOTHING_ASKED], how: 'all' };

/** The facts that rules can ask, by Baton's names, in the order in which people look for them. */
export const FACTS: Readonly<Record<string, FactKind>> = {
  title: 'text', industry: 'text', employees: 'number', revenue: 'number', company_country: 'text', country: 'text', region: 'text', language: 'text',
  company: 'text', company_domain: 'text', email_domain: 'text', infrastructure: 'text', channel: 'text', source: 'text', campaign: 'text', budget: 'number',
  authority: 'text', need: 'text', timeline: 'text', free_mail: 'yesNo', disposable_address: 'yesNo', target_account: 'yesNo', age: 'time', silent_for: 'time', [DID]: 'deed',
};
/** These only rules of one section can ask. */
const ONLY: Readonly<Record<string, RuleSection>> = { target_account: 'fit', age: 'fit', silent_for: 'fit', [DID]: 'engagement' };

/** Returns the facts that the rules of a section can ask. */
export function factsOf(section: RuleSection): string[] {
  return Object.keys(FACTS).filter((each) => (ONLY[each] ?? section) === section);
}

/** Tells the kind of a fact. */
export type KindOf = (fact: string) => FactKind;

/** Returns the rule for what a lead does, as it is written. */
export function ruleOfDeed(deed: Deed, kindOf: KindOf, id: string): Rule {
  const [times, most, per, after] = [deed.times, deed.most, deed.per, deed.after].map((each) => each.trim());
  const asked = besides(deed, kindOf);
  return {
    id,
    points: number(deed.points),
    signal: signalOf(deed),
    ...(asked.length ? { when: joined(asked, 'all') } : {}),
    ...(times || most || per ? { at_most: { ...(times ? { times: number(times) } : {}), ...(most ? { points: number(most) } : {}), ...(per ? { per: time(per) } : {}) } } : {}),
    ...(deed.fades === 'never' ? { half_life: 'never' } : {}),
    ...(deed.fades === 'half' ? { half_life: time(after ?? '') } : {}),
    ...(deed.fades === 'gone' ? { expires_after: time(after ?? '') } : {}),
  };
}

/** Returns the rule for what a lead is, as it is written. */
export function ruleOfTrait({ asked, how, points }: Trait, kindOf: KindOf, id: string): Rule {
  return { id, points: number(points), when: joined(testsOf(asked, kindOf), how) };
}

function signalOf({ kind, content }: Deed): Condition {
  return { kind: kind.trim(), ...(content ? { content } : {}) };
}

/** Returns what must hold besides the deed: that it comes so often, and what is asked. */
function besides(deed: Deed, kindOf: KindOf): Condition[] {
  const often = { ...(deed.least.trim() ? { at_least: number(deed.least) } : {}), ...(deed.within.trim() ? { within: time(deed.within) } : {}) };
  const asked = testsOf(deed.asked, kindOf);
  return [
    ...(Object.keys(often).length ? [{ signals: { match: signalOf(deed), ...often } }] : []),
    ...(deed.how === 'any' && asked.length ? [joined(asked, 'any')] : asked),
  ];
}

function testsOf(asked: readonly Asked[], kindOf: KindOf): Condition[] {
  return asked.map((each) => testOf(each, kindOf(each.fact)));
}

/** Returns where each part of what is asked stands in the rule: `when.employees`, `when.any.1`. */
export function placesAsked(section: RuleSection, typed: Deed | Trait, kindOf: KindOf): string[] {
  const asked = testsOf(typed.asked, kindOf);
  if (section === 'fit') return placesOf(asked, typed.how).map((each) => `when.${each}`);
  const parts = besides(typed as Deed, kindOf);
  if (typed.how === 'all') return placesOf(parts, 'all').slice(parts.length - asked.length).map((each) => `when.${each}`);
  const last = placesOf(parts, 'all').at(-1) ?? '';
  const within = placesOf(asked, 'any');
  return within.map((each) => `when.${last.startsWith('all.') ? `${last}.` : ''}${each}`);
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

export function nameOfDeed({ kind, content, least, asked }: Deed, kindOf: KindOf, taken: ReadonlySet<string>): string {
  return nameOf([kind, content, ...(Number(least) > 1 ? [least, 'times'] : []), ...asked.flatMap((each) => namesOf(each, kindOf(each.fact)))], taken);
}

export function nameOfTrait({ asked }: Trait, kindOf: KindOf, taken: ReadonlySet<string>): string {
  return nameOf(asked.flatMap((each) => namesOf(each, kindOf(each.fact))), taken);
}

function namesOf({ fact, way, words, from, to, is, isNot, content }: Asked, kind: FactKind): string[] {
  const name = fact === DID ? '' : fact.replace(OWN, '');
  if (kind === 'yesNo') return [name, is === 'no' ? 'not' : ''];
  const range = [from && `from ${from}`, to && `to ${to}`];
  const said = kind === 'number' || kind === 'time' ? range : kind === 'deed' ? [words, content, ...range] : [way === 'known' && kind === 'text' ? 'known' : listed(words)[0] ?? ''];
  return [name, isNot ? 'not' : '', ...said];
}

const FIELD_OF: readonly [RegExp, string][] = [
  [/^points/, 'points'], [/^id/, 'id'], [/^signal\.content|^when\.(?:all\.0\.)?signals\.match\.content/, 'content'], [/^signal|^when\.(?:all\.0\.)?signals\.match/, 'kind'],
  [/^when\.(?:all\.0\.)?signals\.within/, 'within'], [/^when\.(?:all\.0\.)?signals/, 'least'], [/^at_most\.per/, 'per'], [/^at_most\.points/, 'most'], [/^at_most/, 'times'], [/^half_life|^expires_after/, 'after'],
];
const FIELD_OF_DEED: readonly [RegExp, string][] = [[/signals\.match\.content/, 'content'], [/signals\.within/, 'within'], [/signals\.at_/, 'from']];

/** Returns what was found at each field of a rule that is being made, by the field's name; '' is the rule as a whole.
 *
 * Fields of the second part of what is asked begin with `1.`; `places` says where the parts stand in the rule.
 */
export function foundAtFields(findings: readonly Finding[], section: RuleSection, id: string, places: readonly string[] = []): Map<string, string> {
  const whole = `${section}.${id}`;
  const found = new Map<string, string>();
  for (const { field, detail } of findings) {
    if (field !== whole && !field.startsWith(`${whole}.`)) continue;
    const rest = field.slice(whole.length + 1);
    const part = places.findIndex((each) => rest === each || rest.startsWith(`${each}.`));
    const name = part < 0 ? FIELD_OF.find(([pattern]) => pattern.test(rest))?.[1] ?? '' : `${part}.${FIELD_OF_DEED.find(([pattern]) => pattern.test(rest))?.[1] ?? 'words'}`;
    if (!found.has(name)) found.set(name, detail);
  }
  return found;
}
