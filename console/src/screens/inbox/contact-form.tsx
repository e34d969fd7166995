/** What came of a call, what was learned, and when one speaks next. */
import { useState } from 'preact/hooks';
import { contactChannels, labelOf, outcomes } from '#texts/codes.ts';
import { inbox } from '#texts/inbox.ts';
import { type Asked, useDo } from '../../api/index.ts';
import { inputMoment, typedMoment } from '../../format/index.ts';
import { Button, Choice, FaultNote, Field, Meanwhile, Note, say } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import type { DeedForm } from './lead.tsx';
import { LearnedFields } from './learn-form.tsx';
import { type Answers, learned } from './learned.ts';

const words = inbox.contactForm;
type Body = Asked<'/handoffs/{handoff_id}/contact', 'post'>['body'];

interface Typed {
  channel: string;
  outcome: string;
  note: string;
  next: string;
  answers: Answers;
  /** The contact is logged, and only what was learned is not. */
  logged: boolean;
}

/** The choice with which no contact is logged: only when they speak next is said. */
const ONLY_NEXT = 'only_next';
const EMPTY: Typed = { channel: 'phone', outcome: '', note: '', next: '', answers: {}, logged: false };

export function ContactForm({ lead, handoffId, left, onClose }: DeedForm) {
  const [typed, change, done] = useDraft(`contact:${handoffId}`, EMPTY);
  const [fault, setFault] = useState('');
  const [missing, setMissing] = useState('');
  const log = useDo('post', '/handoffs/{handoff_id}/contact');
  const keep = useDo('patch', '/leads/{lead_id}');
  const agree = async () => {
    const next_at = typedMoment(typed.next);
    if (!next_at) return setMissing(words.nextNeeded);
    setMissing('');
    if (!(await log.run({ path: { handoff_id: handoffId }, body: { next_at } }))) return undefined;
    done();
    onClose();
    return say(`${words.agreed} ${left()}`);
  };
  const send = async (event: Event) => {
    event.preventDefault();
    if (!typed.outcome) return setFault(words.choose);
    setFault('');
    if (typed.outcome === ONLY_NEXT) return agree();
    if (!typed.logged) {
      const next_at = typedMoment(typed.next);
      const body = { channel: typed.channel, outcome: typed.outcome, ...(typed.note.trim() && { note: typed.note.trim() }), ...(next_at && { next_at }) } as Body;
      if (!(await log.run({ path: { handoff_id: handoffId }, body }))) return undefined;
      change({ logged: true });
    }
    const bant = typed.outcome === 'reached' ? learned(typed.answers) : {};
    let qualified = false;
    if (Object.keys(bant).length) {
      const told = await keep.run({ path: { lead_id: lead.lead_id }, body: { bant } });
      if (!told) return undefined;
      qualified = told.stage === 'sql' && lead.stage !== 'sql';
    }
    done();
    onClose();
    return say(`${qualified ? words.qualified : words.done} ${left()}`);
  };
  const reached = typed.outcome === 'reached';
  const only = typed.outcome === ONLY_NEXT;
  const came = lead.handoff?.state === 'contacted' ? [...options(outcomes), { value: ONLY_NEXT, label: words.onlyNext }] : options(outcomes);
  return (
    <form class="inbox-form stack" onSubmit={(event) => void send(event)} aria-label={words.title}>
      {typed.logged ? <Note tone="done" icon="check">{words.logged(labelOf(outcomes, typed.outcome), labelOf(contactChannels, typed.channel))}</Note> : (
        <>
          <Choice label={words.outcome} value={typed.outcome} onChange={(outcome) => change({ outcome })} fault={fault || log.of('outcome')} options={came} />
          {!only && <Choice label={words.channel} value={typed.channel} onChange={(channel) => change({ channel })} fault={log.of('channel')} options={options(contactChannels)} />}
        </>
      )}
      {reached && <LearnedFields answers={typed.answers} onChange={(answers) => change({ answers })} faultOf={keep.of} />}
      {!typed.logged && (
        <>
          <Field label={words.next} hint={words.nextHint} type="datetime-local" value={typed.next} onInput={(next) => change({ next })} fault={missing || log.of('next_at')} />
          <div class="row">
            {quick().map(({ label, at }) => <Button key={label} kind="quiet" onClick={() => change({ next: at })}>{label}</Button>)}
          </div>
          {!only && <Field label={words.note} type="area" maxLength={2000} value={typed.note} onInput={(note) => change({ note })} fault={log.of('note')} />}
        </>
      )}
      {!typed.logged && <Meanwhile lead={lead} />}
      {typed.logged && keep.fault && <Note tone="soon" icon="warning">{words.half}</Note>}
      <FaultNote fault={log.fault ?? keep.fault} />
      <div class="row">
        <Button kind="primary" type="submit" pending={log.pending || keep.pending}>{typed.logged ? words.keep : only ? words.agree : words.send}</Button>
        <Button kind="quiet" onClick={onClose}>{inbox.actions.cancel}</Button>
      </div>
    </form>
  );
}

function options(labels: Record<string, string>): { value: string; label: string }[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}

function quick(): { label: string; at: string }[] {
  const morning = (days: number) => {
    const at = new Date();
    at.setDate(at.getDate() + days);
    at.setHours(9, 0, 0, 0);
    return inputMoment(at);
  };
  return [{ label: words.quick.tomorrow, at: morning(1) }, { label: words.quick.later, at: morning(3) }, { label: words.quick.week, at: morning(7) }];
}
