/** The facts of a lead as one reads and changes them: their places in the API, their values in words. */
import { facts as words } from '#texts/lead.ts';
import type { LeadView } from './ledger.ts';

export type Group = 'profile' | 'company' | 'bant' | 'attributes';
export type Value = string | number | boolean;

/** A fact: its name, where `PATCH /leads/{id}` takes it, its label and value, and who says so. */
export interface KnownFact {
  name: string;
  group: Group;
  field: string;
  label: string;
  value: Value | null;
  /** What kind of value it is, where the agreement says so. */
  kind: string | null;
  met: boolean | null | undefined;
}

const PROFILE = ['first_name', 'last_name', 'title', 'phone', 'country', 'region', 'language'] as const;
const COMPANY = ['name', 'domain', 'industry', 'employees', 'revenue', 'country', 'infrastructure'] as const;
const BANT = ['budget', 'authority', 'need', 'timeline'] as const;
const OF_COMPANY: Record<string, string> = { name: 'company', domain: 'company_domain', country: 'company_country' };

/** Returns all facts that a lead can have, known or not, by their groups. */
export function factsOf(lead: LeadView): Record<Group, KnownFact[]> {
  const one = (group: Group, field: string, name: string, value: Value | null | undefined): KnownFact =>
    ({ name, group, field, label: words.names[name] ?? name.replaceAll('_', ' '), value: value ?? null, kind: null, met: undefined });
  const { company } = lead;
  return {
    profile: PROFILE.map((field) => one('profile', field, field, lead.profile[field])),
    company: COMPANY.map((field) => {
      const written = field === 'employees' || field === 'revenue' ? company[`${field}_written`] : undefined;
      return one('company', field, OF_COMPANY[field] ?? field, written ?? company[field]);
    }),
    bant: BANT.map((need) => ({ ...one('bant', need, need, lead.bant[need]?.value), met: lead.bant[need]?.met ?? null })),
    attributes: Object.entries(lead.attributes ?? {})
      .map(([name, each]) => ({ ...one('attributes', name, name, each.value as Value), label: each.label, kind: each.kind })),
  };
}

/** Returns a value as one reads it. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Returns what somebody wrote without the signs that turn the direction of reading: `exe.png` is no `gnp.exe`. */
export function asTyped(written: string): string {
  return written.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** Returns who said something: `A form: consultation`, `A colleague: maria@your.company`. */
export function saidBy(said: { speaker: string; source: string }): string {
  const source = said.source.startsWith('form:') ? said.source.slice(5).replaceAll('-', ' ') : said.source;
  return words.saidBy(words.speakers[said.speaker] ?? words.speakers.anybody ?? '', source);
}

/** Returns the body that enters a value, or strikes it out if it is null. */
export function change(fact: Pick<KnownFact, 'group' | 'field' | 'kind'>, value: string | null, met: string): Record<string, unknown> {
  if (fact.group !== 'bant') return { [fact.group]: { [fact.field]: value === null ? null : read(value, fact.kind) } };
  const answered = value === null ? null : { value, ...(met ? { met: met === 'yes' } : {}) };
  return { bant: { [fact.field]: answered } };
}

function read(typed: string, kind: string | null): Value {
  if (kind === 'number' && typed.trim() && Number.isFinite(Number(typed))) return Number(typed);
  if (kind === 'yes_no' || kind === 'boolean') return /^(yes|true|1)$/i.test(typed.trim());
  return typed;
}
