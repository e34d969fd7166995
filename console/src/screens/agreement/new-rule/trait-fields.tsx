/** The fields of a rule for what a lead is, below what it asks. */
import { agreement as words } from '#texts/agreement.ts';
import { Field } from '../../../parts/index.ts';
import type { Beside } from './index.tsx';
import type { Trait } from './rule.ts';

const told = words.newRule;

interface TraitFieldsProps {
  trait: Trait;
  beside: Beside;
  usualName: string;
  type: (some: Partial<Trait>) => void;
}

export function TraitFields({ trait, beside: { fault, hint }, usualName, type }: TraitFieldsProps) {
  return (
    <div class="agreement-fields">
      <Field label={told.points} hint={hint('points', told.pointsHint)} type="number" value={trait.points} onInput={(points) => type({ points })} fault={fault('points')} />
      <Field label={told.id} hint={hint('id', told.idHint)} maxLength={40} autoComplete="off" placeholder={usualName} value={trait.id} onInput={(id) => type({ id })} fault={fault('id')} />
    </div>
  );
}
