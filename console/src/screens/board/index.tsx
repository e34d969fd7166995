/** Teams of sales: their people with their load, and what each of them holds, the latest first. */
import { useRef, useState } from 'preact/hooks';
import { board as words } from '#texts/board.ts';
import { type Answer, type Read, useRead } from '../../api/index.ts';
import { now } from '../../format/clock.ts';
import { startOfDay } from '../../format/index.ts';
import { Button, Check, Choice, Empty, FaultNote, Head, Loading, Panel } from '../../parts/index.ts';
import { useTeams } from '../../session/teams.ts';
import { goWith, place } from '../../shell/place.ts';
import { type Opened, withOpened } from './counts.ts';
import { HeldLead } from './held-lead.tsx';
import { People } from './people.tsx';
import { SideBySide } from './side-by-side.tsx';
import { Sums } from './sums.tsx';
import './board.css';

type Leads = Answer<'/leads'>;
export type Row = Leads['leads'][number];
export type Team = NonNullable<Leads['counts']>;
export type BoardTeam = NonNullable<Leads['teams']>[number];
export const NOBODY = 'nobody';

export default function Board() {
  const { teams, own, mine, known, fault, loading, again } = useTeams('sales');
  const together = mine.length > 1 ? mine : teams;
  const all = together.map((each) => each.team).join(',');
  const asked = place.value.query.get('team') ?? (mine.length > 1 ? all : own);
  return (
    <div class="page stack">
      <Head title={words.title} about={words.about} />
      {!asked && <FaultNote fault={fault} again={again} stale={known} pending={loading} />}
      {!asked && loading && <Loading label={words.people} lines={6} />}
      {teams.length > 1 && (
        <Choice label={words.team} value={asked ?? ''} onChange={(name) => goWith({ team: name, who: undefined, after: undefined })}
          options={[{ value: all, label: mine.length > 1 ? words.mine : words.every }, ...teams.map((each) => ({ value: each.team, label: each.label }))]} />
      )}
      {known && !asked && <Empty icon="people" title={words.noTeam.title}>{words.noTeam.detail}</Empty>}
      {asked && <Teams key={asked} asked={asked} names={{ fault, again }} />}
    </div>
  );
}

/** One team, or several side by side: `asked` has commas between them. If their `names` could not be read either, that is said once. */
function Teams({ asked, names }: { asked: string; names: Pick<Read<unknown>, 'fault' | 'again'> }) {
  const { query } = place.value;
  const [who, overdue, escalated, after] = [query.get('who'), query.get('overdue') === 'true', query.get('escalated') === 'today', query.get('after')];
  const today = startOfDay(now.value);
  const held = useRead('/leads', {
    query: {
      team: asked, counts: 'true', count_escalated_since: today, ...(who ? { owner: who } : {}), ...(overdue ? { overdue: 'true' as const } : {}),
      ...(escalated ? { escalated_since: today } : {}), ...(after ? { cursor: after } : {}),
    },
  });
  const fault = held.fault ?? names.fault;
  const again = () => [held, names].forEach((each) => each.fault && each.again());
  const counted = useRef<Leads | undefined>(undefined);
  const data = (counted.current = held.data?.overdue ? held.data : counted.current);
  const teams = data?.teams ?? (data?.counts ? [data.counts] : []);
  return (
    <>
      {data?.overdue && <Sums asked={asked} teams={teams} late={data.overdue} escalated={data.escalated} />}
      {data?.teams && <Panel title={words.sideBySide}><SideBySide teams={data.teams} /></Panel>}
      {teams.map((team) => <Panel key={team.team} title={teams.length > 1 ? words.peopleOf(team.label) : words.people}><People team={team} asked={asked} /></Panel>)}
      <LeadsOf held={{ ...held, fault, again }} teams={teams} asked={{ who, overdue, escalated, after }} />
    </>
  );
}

interface Asked { who: string | null; overdue: boolean; escalated: boolean; after: string | null }

function LeadsOf({ held, teams, asked }: { held: Read<Leads>; teams: readonly Team[]; asked: Asked }) {
  const { who, overdue, escalated, after } = asked;
  const [opened, setOpened] = useState<ReadonlyMap<string, Opened<Row>>>(new Map());
  const title = who === NOBODY ? words.waitingLeads : who ? words.leadsOf(who) : words.all;
  const listed = held.data?.leads ?? [];
  const rows = withOpened(listed, opened);
  const wasHeld = (lead: Row) => !!(opened.get(lead.lead_id)?.row ?? lead).handoff?.owner;
  const parts = [
    { title: words.heldLeads, leads: rows.filter(wasHeld) },
    { title: words.waitingLeads, leads: rows.filter((lead) => !wasHeld(lead)) },
  ].filter((part) => part.leads.length);
  const open = (lead: Row, on: boolean) => {
    const next = new Map(opened);
    if (on) next.set(lead.lead_id, { row: lead, at: rows.indexOf(lead) });
    else next.delete(lead.lead_id);
    setOpened(next);
  };
  const teamOf = (lead: Row) => teams.find((each) => each.team === lead.handoff?.team) ?? teams[0];
  return (
    <Panel title={title} actions={who && <Button kind="quiet" onClick={() => goWith({ who: undefined, after: undefined })}>{words.all}</Button>}>
      <div class="row board-filters">
        <Check label={words.onlyLate} checked={overdue} onChange={(on) => goWith({ overdue: on ? 'true' : undefined, after: undefined })} />
        <Check label={words.onlyEscalated} checked={escalated} onChange={(on) => goWith({ escalated: on ? 'today' : undefined, after: undefined })} />
      </div>
      <FaultNote fault={held.fault} again={held.again} stale={!!held.data} pending={held.loading} />
      {!held.data && held.loading && <Loading label={title} lines={6} />}
      {held.data && !rows.length && !held.data.cursor && <NoLead asked={asked} />}
      {teams.length > 0 && parts.map((part) => (
        <section key={part.title}>
          {!who && <h3>{part.title}</h3>}
          <ul class="board-leads" aria-label={part.title}>
            {part.leads.map((lead) => (
              <HeldLead key={lead.lead_id} lead={lead} team={teamOf(lead) as Team} several={teams.length > 1} seen={opened.get(lead.lead_id)?.row} onOpen={(on) => open(lead, on)} />
            ))}
          </ul>
        </section>
      ))}
      <Pages held={held} after={after} />
    </Panel>
  );
}

function NoLead({ asked: { overdue, escalated } }: { asked: Asked }) {
  const said = escalated ? words.noneEscalated : overdue ? words.noneLate : words.none;
  return <Empty title={said.title}>{said.detail}</Empty>;
}

function Pages({ held, after }: { held: Read<Leads>; after: string | null }) {
  return (
    <div class="row">
      {after && <Button kind="quiet" onClick={() => goWith({ after: undefined })}>{words.first}</Button>}
      {held.data?.cursor && <Button kind="quiet" onClick={() => goWith({ after: held.data?.cursor ?? undefined })}>{words.more}</Button>}
    </div>
  );
}
