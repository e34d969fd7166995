import { acts as words } from '#texts/lead.ts';
import { type Answer, useDo, useRead } from '../../api/index.ts';
import { hereTold, typedMoment } from '../../format/index.ts';
import { Button, Dialog, FaultNote, Field, Meanwhile, say, Select } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import type { Act } from './head.tsx';
import type { LeadView } from './ledger.ts';

interface ActProps {
  lead: LeadView;
  act: Act;
  onClose: () => void;
}

/** The small forms above a lead: a note, a handover against the rules, a hold. What is typed stays until it is sent. */
export default function Acts({ lead, act, onClose }: ActProps) {
  if (act === 'note') return <NoteForm lead={lead} onClose={onClose} />;
  return act === 'handOver' ? <HandOverForm lead={lead} onClose={onClose} /> : <HoldForm lead={lead} onClose={onClose} />;
}

type FormProps = Omit<ActProps, 'act'>;

function NoteForm({ lead, onClose }: FormProps) {
  const [draft, change, done] = useDraft(`note:${lead.lead_id}`, { text: '' });
  const note = useDo('post', '/leads/{lead_id}/notes');
  const send = async (event: Event) => {
    event.preventDefault();
    if (!(await note.run({ path: { lead_id: lead.lead_id }, body: { text: draft.text } }))) return;
    done();
    say(words.noted);
    onClose();
  };
  return (
    <Dialog title={words.noteTitle} onClose={onClose}>
      <form class="stack" onSubmit={send}>
        <Field type="area" rows={5} label={words.noteText} hint={words.noteHint} value={draft.text} onInput={(text) => change({ text })} maxLength={2000} required autoFocus fault={note.of('text')} />
        <Meanwhile lead={lead} />
        <FaultNote fault={note.fault} />
        <div class="row"><Button kind="primary" type="submit" pending={note.pending}>{words.noteSave}</Button><Button onClick={onClose}>{words.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

function HandOverForm({ lead, onClose }: FormProps) {
  const [draft, change, done] = useDraft(`handover:${lead.lead_id}`, { reason: '', owner: '' });
  const handOver = useDo('post', '/leads/{lead_id}/handoff');
  const counts = useRead('/counts', {}, Infinity);
  const send = async (event: Event) => {
    event.preventDefault();
    const body = { reason: draft.reason, owner: draft.owner || null };
    const made = await handOver.run({ path: { lead_id: lead.lead_id }, body });
    if (!made) return;
    done();
    say(made.owner ? words.handedOver(made.owner) : words.handedToNobody);
    onClose();
  };
  return (
    <Dialog title={words.handOverTitle} onClose={onClose}>
      <form class="stack" onSubmit={send}>
        <p class="muted">{words.handOverAbout}</p>
        <Field type="area" rows={2} label={words.reason} value={draft.reason} onInput={(reason) => change({ reason })} maxLength={500} required autoFocus fault={handOver.of('reason')} />
        <Select label={words.owner} hint={words.ownerHint} value={draft.owner} onChange={(owner) => change({ owner })} fault={handOver.of('owner')} options={takers(counts.data)} />
        <Meanwhile lead={lead} />
        <FaultNote fault={handOver.fault ?? counts.fault} />
        <div class="row"><Button kind="primary" type="submit" pending={handOver.pending}>{words.handOverNow}</Button><Button onClick={onClose}>{words.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

/** Returns who may get a lead, team by team, those who get leads now before the others with why not. */
function takers(counts: Answer<'/counts'> | undefined): { value: string; label: string }[] {
  const all = (counts?.teams ?? []).flatMap(({ label, people }) => people.filter((each) => each.role === 'rep').map((each) => ({ ...each, team: label })));
  const told = (some: typeof all) => some.map((each) => ({ value: each.email, label: words.taker(each.email, each.team, hereTold(each.why_not ?? '', Date.now())) }));
  return [{ value: '', label: words.byTurn }, ...told(all.filter((each) => each.gets_leads)), ...told(all.filter((each) => !each.gets_leads))];
}

function HoldForm({ lead, onClose }: FormProps) {
  const [draft, change, done] = useDraft(`hold:${lead.lead_id}`, { reason: '', until: '' });
  const hold = useDo('post', '/leads/{lead_id}/hold');
  const send = async (event: Event) => {
    event.preventDefault();
    const body = { reason: draft.reason, until: typedMoment(draft.until) ?? null };
    if (!(await hold.run({ path: { lead_id: lead.lead_id }, body }))) return;
    done();
    say(words.held);
    onClose();
  };
  return (
    <Dialog title={words.holdTitle} onClose={onClose}>
      <form class="stack" onSubmit={send}>
        <p class="muted">{words.holdAbout}</p>
        <Field type="area" rows={2} label={words.reason} value={draft.reason} onInput={(reason) => change({ reason })} maxLength={500} required autoFocus fault={hold.of('reason')} />
        <Field type="datetime-local" label={words.until} hint={words.untilHint} value={draft.until} onInput={(until) => change({ until })} fault={hold.of('until')} />
        <Meanwhile lead={lead} />
        <FaultNote fault={hold.fault} />
        <div class="row"><Button kind="primary" type="submit" pending={hold.pending}>{words.holdNow}</Button><Button onClick={onClose}>{words.cancel}</Button></div>
      </form>
    </Dialog>
  );
}
