/** The fields of a rule for what a lead does. */
import { agreement as words } from '#texts/agreement.ts';
import { Field, Select } from '../../../parts/index.ts';
import type { Beside } from './index.tsx';
import { asKnown, type Content } from './kinds.ts';
import type { Deed, Fading } from './rule.ts';

const told = words.newRule;
const FADINGS = Object.entries(told.fadings).map(([value, label]) => ({ value, label }));
/** These are folded unless somebody has written there, or must. */
const FURTHER: readonly (keyof Deed)[] = ['least', 'within', 'after', 'id'];

interface DeedFieldsProps {
  kinds: readonly string[];
  contents: readonly Content[];
  deed: Deed;
  beside: Beside;
  usualName: string;
  type: (some: Partial<Deed>) => void;
}

export function DeedFields({ kinds, contents, deed, beside: { fault, hint }, usualName, type }: DeedFieldsProps) {
  const isOpen = deed.fades !== 'usual' || FURTHER.some((each) => deed[each] || fault(each));
  return (
    <>
      <div class="agreement-fields">
        <Field label={told.kind} hint={hint('kind', told.kindHint)} maxLength={100} autoComplete="off" proposals={kinds} value={deed.kind} onInput={(kind) => type({ kind: asKnown(kind, kinds) })} fault={fault('kind')} />
        {contents.length > 0 && (
          <Select label={told.content} hint={hint('content')} value={deed.content} onChange={(content) => type({ content })} fault={fault('content')}
            options={[{ value: '', label: told.anyContent }, ...contents.map((each) => ({ value: each.id, label: each.title }))]} />
        )}
      </div>
      <div class="agreement-fields">
        <Field label={told.points} hint={hint('points', told.pointsHint)} type="number" value={deed.points} onInput={(points) => type({ points })} fault={fault('points')} />
        <Field label={told.times} hint={hint('times', told.timesHint)} type="number" min="1" max="100" value={deed.times} onInput={(times) => type({ times })} fault={fault('times')} />
        <Field label={told.most} hint={hint('most', told.mostHint)} type="number" min="1" max="1000" value={deed.most} onInput={(most) => type({ most })} fault={fault('most')} />
        <Field label={told.per} hint={hint('per', told.perHint)} maxLength={40} autoComplete="off" value={deed.per} onInput={(per) => type({ per })} fault={fault('per')} />
      </div>
      <details open={isOpen}>
        <summary>{told.more}</summary>
        <div class="stack">
          <div class="agreement-fields">
            <Field label={told.least} hint={hint('least')} type="number" min="1" max="100" value={deed.least} onInput={(least) => type({ least })} fault={fault('least')} />
            <Field label={told.within} hint={hint('within', told.withinHint)} maxLength={40} autoComplete="off" value={deed.within} onInput={(within) => type({ within })} fault={fault('within')} />
          </div>
          <div class="agreement-fields">
            <Select label={told.fades} value={deed.fades} onChange={(fades) => type({ fades: fades as Fading })} options={FADINGS} />
            {(deed.fades === 'half' || deed.fades === 'gone') && <Field label={told.after} hint={hint('after', told.afterHint)} maxLength={40} autoComplete="off" value={deed.after} onInput={(after) => type({ after })} fault={fault('after')} />}
            <Field label={told.id} hint={hint('id', told.idHint)} maxLength={40} autoComplete="off" placeholder={usualName} value={deed.id} onInput={(id) => type({ id })} fault={fault('id')} />
          </div>
        </div>
      </details>
    </>
  );
}
