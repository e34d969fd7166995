/** Gives the lead back for one of the agreed reasons. */
import { useState } from 'preact/hooks';
import { inbox } from '#texts/inbox.ts';
import { useDo, useRead } from '../../api/index.ts';
import { ruleWords } from '../../format/index.ts';
import { Button, Choice, FaultNote, Field, Loading, Meanwhile, say } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import type { DeedForm } from './lead.tsx';

const words = inbox.returnForm;

interface Reason {
  name: string;
  label: string;
  then: string;
  review_after: string | null;
  attempts: number | null;
}

export function ReturnForm({ lead, handoffId, left, onClose }: DeedForm) {
  const agreement = useRead('/agreement', { query: { format: 'json' } }, Infinity);
  const [typed, change, done] = useDraft(`return:${handoffId}`, { reason: '', note: '', date: '' });
  const [fault, setFault] = useState('');
  const giveBack = useDo('post', '/handoffs/{handoff_id}/return');
  const reasons: Reason[] = agreement.data?.terms?.return_reasons ?? [];
  const reason = reasons.find((each) => each.name === typed.reason);
  const send = async (event: Event) => {
    event.preventDefault();
    if (!reason) return setFault(words.choose);
    setFault('');
    const body = { reason: reason.name, ...(typed.note.trim() && { note: typed.note.trim() }), ...(reason.then === 'park' && typed.date && { review_on: typed.date }) };
    if (!(await giveBack.run({ path: { handoff_id: handoffId }, body }))) return undefined;
    done();
    onClose();
    return say(`${words.done} ${left()}`);
  };
  if (!agreement.data) return agreement.fault ? <FaultNote fault={agreement.fault} again={agreement.again} /> : <Loading label={words.reason} />;
  return (
    <form class="inbox-form stack" onSubmit={(event) => void send(event)} aria-label={words.title}>
      <Choice label={words.title} value={typed.reason} onChange={(chosen) => change({ reason: chosen })} fault={fault || giveBack.of('reason')}
        options={reasons.map((each) => ({ value: each.name, label: each.label, hint: hintOf(each) }))} />
      {reason?.then === 'park' && (
        <Field label={words.date} type="date" hint={words.dateHint(ruleWords(reason.review_after ?? ''))} value={typed.date} onInput={(date) => change({ date })} fault={giveBack.of('review_on')} />
      )}
      <Field label={words.note} type="area" maxLength={1000} value={typed.note} onInput={(note) => change({ note })} fault={giveBack.of('note')} />
      <Meanwhile lead={lead} />
      <FaultNote fault={giveBack.fault} />
      <div class="row">
        <Button kind="primary" type="submit" pending={giveBack.pending}>{words.send}</Button>
        <Button kind="quiet" onClick={onClose}>{inbox.actions.cancel}</Button>
      </div>
    </form>
  );
}

function hintOf(reason: Reason): string {
  const then = reason.then === 'park' ? words.then.park(ruleWords(reason.review_after ?? '')) : (words.then[reason.then as 'nurture'] ?? reason.then);
  return reason.attempts ? `${then}, ${words.attempts(reason.attempts)}` : then;
}
