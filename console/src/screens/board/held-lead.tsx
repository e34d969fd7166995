/** One lead that somebody holds, or that waits: its clock, and to whom it may be given instead. */
import { board as words } from '#texts/board.ts';
import { useDo, useRead } from '../../api/index.ts';
import { now } from '../../format/clock.ts';
import { clockTime, hereTold, personName, startOfDay } from '../../format/index.ts';
import { Button, ClockDue, FaultNote, Field, Meanwhile, Said, Select, Tag, say } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import { href } from '../../shell/place.ts';
import type { Row, Team } from './index.tsx';

interface HeldLeadProps {
  lead: Row;
  team: Team;
  /** Leads of several teams are listed: each says whose it is. */
  several: boolean;
  /** The lead as it was when its form was opened; undefined if it is not. */
  seen: Row | undefined;
  onOpen: (open: boolean) => void;
}

export function HeldLead({ lead, team, several, seen, onOpen }: HeldLeadProps) {
  const { handoff, clock } = lead;
  const deed = handoff?.owner ? words.reassign : words.assign;
  return (
    <li>
      <div class="row">
        <div class="grow">
          <a href={href(`/leads/${lead.lead_id}`)}>{personName(lead)}</a>
          <p class="small muted">
            {handoff?.owner ?? words.nobody}{several && ` · ${team.label}`}{lead.company?.name && ` · ${lead.company.name}`}{lead.why_now[0] && <> · <Said text={lead.why_now[0]} /></>}
            {handoff && <> · <a href={href(`/leads/${lead.lead_id}?tab=handoffs`)}>{handoff.owner ? words.whyThem : words.whyNobody}<span class="sr"> ({personName(lead)})</span></a></>}
          </p>
        </div>
        {lead.escalated_at && lead.escalated_at >= startOfDay(now.value) && <Tag tone="late">{words.escalated} {clockTime(lead.escalated_at)}</Tag>}
        <Tag>{lead.labels.state ?? lead.labels.status}</Tag>
        {clock && <span class="small">{clock.label} <ClockDue of={lead} /></span>}
        {handoff && <Button expanded={!!seen} onClick={() => onOpen(!seen)} label={`${deed}: ${personName(lead)}`}>{deed}</Button>}
      </div>
      {seen?.handoff && <Reassign lead={seen} handoff={seen.handoff} team={team} onDone={() => onOpen(false)} />}
    </li>
  );
}

/** Asks to whom and why. Those who are free come first; the others are named with why not. */
function Reassign({ lead, handoff, team, onDone }: { lead: Row; handoff: NonNullable<Row['handoff']>; team: Team; onDone: () => void }) {
  const reassign = useDo('post', '/handoffs/{handoff_id}/reassign', ['/leads', '/handoffs', '/me']);
  const [values, change, done] = useDraft(`reassign:${handoff.handoff_id}`, { owner: '', reason: '' });
  const today = useRead('/leads/{lead_id}', { path: { lead_id: lead.lead_id } }, Infinity).data;
  const owner = (today ?? lead).handoff?.owner;
  const others = team.people.filter((each) => each.email !== owner || each.email === values.owner);
  const free = others.filter((each) => each.gets_leads);
  const busy = others.filter((each) => !each.gets_leads);
  const give = async () => {
    const given = await reassign.run({
      path: { handoff_id: handoff.handoff_id },
      body: { reason: values.reason, ...(values.owner ? { owner: values.owner } : {}) },
    });
    if (!given) return;
    done();
    onDone();
    say(given.owner ? words.given(given.owner) : words.waitsNow);
  };
  return (
    <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); void give(); }}>
      <Select label={words.to} value={values.owner} onChange={(owner) => change({ owner })} fault={reassign.of('owner')}
        options={[
          { value: '', label: words.byTurn },
          ...free.map((each) => ({ value: each.email, label: words.freeOne(each.email, words.load(each.open, each.capacity)) })),
          ...busy.map((each) => ({ value: each.email, label: words.whyNot(each.email, hereTold(each.why_not ?? '', now.peek())) })),
        ]} />
      <Field label={words.reason} hint={words.reasonHint} required maxLength={500} value={values.reason}
        onInput={(reason) => change({ reason })} fault={reassign.of('reason')} />
      <Meanwhile lead={lead} />
      <FaultNote fault={reassign.fault} again={() => void give()} pending={reassign.pending} />
      <div class="row">
        <Button kind="primary" type="submit" pending={reassign.pending}>{handoff.owner ? words.give : words.assign}</Button>
        <Button kind="quiet" onClick={onDone}>{words.cancel}</Button>
      </div>
    </form>
  );
}
