/** Says how it ended: won for how much, or lost, and why. */
import { useState } from 'preact/hooks';
import { inbox } from '#texts/inbox.ts';
import { useDo } from '../../api/index.ts';
import { Button, Choice, FaultNote, Field, Meanwhile, say } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import type { DeedForm } from './lead.tsx';

const words = inbox.closeForm;

export function CloseForm({ lead, handoffId, left, onClose }: DeedForm) {
  const [typed, change, done] = useDraft(`close:${handoffId}`, { outcome: '', amount: '', reason: '' });
  const [fault, setFault] = useState('');
  const close = useDo('post', '/handoffs/{handoff_id}/close');
  const send = async (event: Event) => {
    event.preventDefault();
    const { outcome } = typed;
    if (outcome !== 'won' && outcome !== 'lost') return setFault(words.choose);
    setFault('');
    const amount = outcome === 'won' && typed.amount.trim();
    const body = { outcome, ...(amount && { amount }), ...(typed.reason.trim() && { reason: typed.reason.trim() }) } as const;
    if (!(await close.run({ path: { handoff_id: handoffId }, body }))) return undefined;
    done();
    onClose();
    return say(`${outcome === 'won' ? words.won_ : words.lost_} ${left()}`);
  };
  return (
    <form class="inbox-form stack" onSubmit={(event) => void send(event)} aria-label={words.title}>
      <Choice label={words.title} value={typed.outcome} onChange={(outcome) => change({ outcome })} fault={fault || close.of('outcome')}
        options={[{ value: 'won', label: words.won }, { value: 'lost', label: words.lost }]} />
      {typed.outcome === 'won' && (
        <Field label={words.amount} hint={words.amountHint} maxLength={40} value={typed.amount} onInput={(amount) => change({ amount })} fault={close.of('amount')} />
      )}
      <Field label={words.reason} hint={words.reasonHint} type="area" maxLength={500} value={typed.reason} onInput={(reason) => change({ reason })} fault={close.of('reason')} />
      <Meanwhile lead={lead} />
      <FaultNote fault={close.fault} />
      <div class="row">
        <Button kind="primary" type="submit" pending={close.pending}>{words.send}</Button>
        <Button kind="quiet" onClick={onClose}>{inbox.actions.cancel}</Button>
      </div>
    </form>
  );
}
