/** What is agreed for a person: fields, and how they are sent. */
import { roster as words } from '#texts/roster.ts';
import type { Fault } from '../../api/index.ts';
import { Choice, Field } from '../../parts/index.ts';
import type { Rep } from './index.tsx';

export interface Terms {
  role: string;
  capacity: string;
  weight: string;
  territories: string;
  zone: string;
}

export const USUAL: Terms = { role: 'rep', capacity: '', weight: '', territories: '', zone: '' };

/** The terms of a rep as they stand in the fields. */
export function termsOf(rep: Rep): Terms {
  return {
    role: rep.role ?? 'rep',
    capacity: String(rep.capacity ?? ''),
    weight: String(rep.weight ?? ''),
    territories: (rep.territories ?? []).join(', '),
    zone: rep.time_zone ?? '',
  };
}

/** A term in words, as it stands in its field. */
export function shown(field: keyof Terms, terms: Terms): string {
  return field === 'role' && (terms.role === 'manager' || terms.role === 'rep') ? words.roles[terms.role] : terms[field];
}

/** What of the fields differs from `before`, as the API takes it; an empty field is as the agreement has it. */
export function changed(terms: Terms, before: Terms) {
  const number = (typed: string) => (typed.trim() === '' ? null : Number(typed));
  const { role, capacity, weight, territories, zone } = terms;
  return {
    ...(role !== before.role ? { role: role as 'rep' | 'manager' } : {}),
    ...(capacity !== before.capacity ? { capacity: number(capacity) } : {}),
    ...(weight !== before.weight ? { weight: number(weight) } : {}),
    ...(territories !== before.territories ? { territories: territories.split(',').map((each) => each.trim()).filter(Boolean) } : {}),
    ...(zone !== before.zone ? { time_zone: zone.trim() || null } : {}),
  };
}

export function TermFields({ terms, change, fault }: { terms: Terms; change: (some: Partial<Terms>) => void; fault: Fault | undefined }) {
  const of = (field: string) => fault?.fields[field];
  return (
    <>
      <Choice label={words.role} hint={words.roleHint} value={terms.role} onChange={(role) => change({ role })} fault={of('role')}
        options={[{ value: 'rep', label: words.roles.rep }, { value: 'manager', label: words.roles.manager }]} />
      <Field label={words.capacity} type="number" min="1" max="1000" value={terms.capacity} onInput={(capacity) => change({ capacity })} fault={of('capacity')} />
      <Field label={words.weight} hint={words.weightHint} type="number" min="1" max="100" value={terms.weight} onInput={(weight) => change({ weight })} fault={of('weight')} />
      <Field label={words.territories} hint={words.territoriesHint} value={terms.territories} onInput={(territories) => change({ territories })} fault={of('territories')} />
      <Field label={words.zone} hint={words.zoneHint} value={terms.zone} onInput={(zone) => change({ zone })} fault={of('time_zone')} />
    </>
  );
}
