/** Gives the lead to a colleague on the same team, or to whose turn it is. */
import { inbox } from '#texts/inbox.ts';
import { useDo, useRead } from '../../api/index.ts';
import { now } from '../../format/clock.ts';
import { hereTold } from '../../format/index.ts';
import { Button, FaultNote, Field, Loading, Meanwhile, say, Select } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import type { DeedForm } from './lead.tsx';

const words = inbox.passForm;
const TURN = 'turn';

export function PassForm({ lead, handoffId, left, onClose }: DeedForm) {
  const team = useRead('/teams/{team}/reps', { path: { team: lead.handoff?.team ?? '' } }, Infinity);
  const [typed, change, done] = useDraft(`pass:${handoffId}`, { owner: '', reason: '' });
  const pass = useDo('post', '/handoffs/{handoff_id}/reassign');
  const send = async (event: Event) => {
    event.preventDefault();
    const { owner, reason } = typed;
    const given = await pass.run({ path: { handoff_id: handoffId }, body: { reason: reason.trim(), ...(owner !== TURN && { owner }) } });
    if (!given) return;
    done();
    onClose();
    say(`${given.owner ? words.done(given.owner) : words.waits} ${left()}`);
  };
  if (!team.data) return team.fault ? <FaultNote fault={team.fault} again={team.again} /> : <Loading label={words.loading} />;
  const others = team.data.reps.filter((each) => each.role === 'rep' && each.email !== lead.handoff?.owner);
  if (!others.length) return <p class="inbox-form">{words.alone}</p>;
  const free = others.filter((each) => each.gets_leads);
  const busy = others.filter((each) => !each.gets_leads);
  return (
    <form class="inbox-form stack" onSubmit={(event) => void send(event)} aria-label={words.title}>
      <Select label={words.who} required value={typed.owner} onChange={(owner) => change({ owner })} fault={pass.of('owner')}
        options={[
          { value: '', label: words.nobody },
          ...free.map((each) => ({ value: each.email, label: words.free(each.email) })),
          { value: TURN, label: words.byTurn },
          ...busy.map((each) => ({ value: each.email, label: words.busy(each.email, hereTold(each.why_not ?? '', now.peek())) })),
        ]} />
      <Field label={words.reason} hint={words.reasonHint} type="area" required maxLength={500} value={typed.reason} onInput={(reason) => change({ reason })} fault={pass.of('reason')} />
      <Meanwhile lead={lead} />
      <FaultNote fault={pass.fault} />
      <div class="row">
        <Button kind="primary" type="submit" pending={pass.pending}>{words.send}</Button>
        <Button kind="quiet" onClick={onClose}>{inbox.actions.cancel}</Button>
      </div>
    </form>
  );
}
