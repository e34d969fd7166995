/** The fields of a rule for what a lead is. */
import { agreement as words } from '#texts/agreement.ts';
import { Field, Select } from '../../../parts/index.ts';
import type { AgreedTerms } from '../rules/grouping.ts';
import type { Beside } from './index.tsx';
import { FACTS, type FactKind, OWN, type Trait, type Way } from './rule.ts';

const told = words.newRule;
const WAYS = Object.entries(told.ways).map(([value, label]) => ({ value, label }));

interface TraitFieldsProps {
  trait: Trait;
  kind: FactKind;
  own: AgreedTerms['attributes'];
  beside: Beside;
  usualName: string;
  type: (some: Partial<Trait>) => void;
}

export function TraitFields({ trait, kind, own, beside: { fault, hint }, usualName, type }: TraitFieldsProps) {
  const choices = own.find((each) => trait.fact === OWN + each.name)?.choices ?? [];
  const facts = [...Object.keys(FACTS).map((value) => ({ value, label: told.facts[value] ?? value })), ...own.map((each) => ({ value: OWN + each.name, label: each.label }))];
  return (
    <>
      <div class="agreement-fields">
        <Select label={told.fact} value={trait.fact} onChange={(fact) => type({ fact, way: fact === 'title' ? 'contains' : 'is' })} options={facts} />
        {kind === 'text' && <Select label={told.way} value={trait.way} onChange={(way) => type({ way: way as Way })} options={WAYS} />}
        {kind === 'yesNo' && <Select label={told.is} value={trait.is} onChange={(is) => type({ is: is === 'no' ? 'no' : 'yes' })} options={[{ value: 'yes', label: told.yes }, { value: 'no', label: told.no }]} />}
      </div>
      {(kind === 'text' || kind === 'choice') && (
        <Field label={told.words} hint={hint('words', kind === 'choice' ? told.choices(choices) : told.wordsHint)} maxLength={2000} autoComplete="off" value={trait.words} onInput={(typed) => type({ words: typed })} fault={fault('words')} />
      )}
      {kind === 'number' && (
        <div class="agreement-fields">
          <Field label={told.from} hint={hint('words')} type="number" value={trait.from} onInput={(from) => type({ from })} fault={fault('words')} />
          <Field label={told.to} type="number" value={trait.to} onInput={(to) => type({ to })} />
        </div>
      )}
      <div class="agreement-fields">
        <Field label={told.points} hint={hint('points', told.pointsHint)} type="number" value={trait.points} onInput={(points) => type({ points })} fault={fault('points')} />
        <Field label={told.id} hint={hint('id', told.idHint)} maxLength={40} autoComplete="off" placeholder={usualName} value={trait.id} onInput={(id) => type({ id })} fault={fault('id')} />
      </div>
    </>
  );
}
