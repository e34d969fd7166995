/** A team of sales: its people with their load, and what each of them holds, the latest first. */
import { useRef } from 'preact/hooks';
import { board as words } from '#texts/board.ts';
import { type Answer, type Read, useRead } from '../../api/index.ts';
import { now } from '../../format/clock.ts';
import { startOfDay } from '../../format/index.ts';
import { Button, Check, Choice, Empty, FaultNote, Head, Loading, Panel } from '../../parts/index.ts';
import { useTeams } from '../../session/teams.ts';
import { goWith, place } from '../../shell/place.ts';
import { HeldLead } from './held-lead.tsx';
import { People } from './people.tsx';
import { Sums } from './sums.tsx';
import './board.css';

export type Team = NonNullable<Answer<'/leads'>['counts']>;
export const NOBODY = 'nobody';

export default function Board() {
  const { teams, own, known, fault, loading, again } = useTeams('sales');
  const team = place.value.query.get('team') ?? own;
  return (
    <div class="page stack">
      <Head title={words.title} about={words.about} />
      <FaultNote fault={fault} again={again} stale={known} pending={loading} />
      {!team && loading && <Loading label={words.people} lines={6} />}
      {teams.length > 1 && (
        <Choice label={words.team} value={team ?? ''} onChange={(name) => goWith({ team: name, who: undefined, after: undefined })}
          options={teams.map((each) => ({ value: each.team, label: each.label }))} />
      )}
      {known && !team && <Empty icon="people" title={words.noTeam.title}>{words.noTeam.detail}</Empty>}
      {team && <OneTeam key={team} name={team} />}
    </div>
  );
}

function OneTeam({ name }: { name: string }) {
  const { query } = place.value;
  const [who, overdue, escalated, after] = [query.get('who'), query.get('overdue') === 'true', query.get('escalated') === 'today', query.get('after')];
  const held = useRead('/leads', {
    query: {
      team: name, counts: 'true', ...(who ? { owner: who } : {}), ...(overdue ? { overdue: 'true' as const } : {}),
      ...(escalated ? { escalated_since: startOfDay(now.value) } : {}), ...(after ? { cursor: after } : {}),
    },
  });
  const counted = useRef<Answer<'/leads'> | undefined>(undefined);
  const { counts: team, overdue: late } = (counted.current = held.data?.counts ? held.data : counted.current) ?? {};
  return (
    <>
      {team && late && <Sums team={team} late={late} />}
      {team && <Panel title={words.people}><People team={team} /></Panel>}
      <Leads held={held} team={team} asked={{ who, overdue, escalated, after }} />
    </>
  );
}

interface Asked { who: string | null; overdue: boolean; escalated: boolean; after: string | null }

function Leads({ held, team, asked }: { held: Read<Answer<'/leads'>>; team: Team | undefined; asked: Asked }) {
  const { who, overdue, escalated, after } = asked;
  const title = who === NOBODY ? words.waitingLeads : who ? words.leadsOf(who) : words.all;
  const rows = held.data?.leads ?? [];
  const parts = [
    { title: words.heldLeads, leads: rows.filter((lead) => lead.handoff?.owner) },
    { title: words.waitingLeads, leads: rows.filter((lead) => !lead.handoff?.owner) },
  ].filter((part) => part.leads.length);
  return (
    <Panel title={title} actions={who && <Button kind="quiet" onClick={() => goWith({ who: undefined, after: undefined })}>{words.all}</Button>}>
      <div class="row board-filters">
        <Check label={words.onlyLate} checked={overdue} onChange={(on) => goWith({ overdue: on ? 'true' : undefined, after: undefined })} />
        <Check label={words.onlyEscalated} checked={escalated} onChange={(on) => goWith({ escalated: on ? 'today' : undefined, after: undefined })} />
      </div>
      <FaultNote fault={held.fault} again={held.again} stale={!!held.data} pending={held.loading} />
      {!held.data && held.loading && <Loading label={title} lines={6} />}
      {held.data && !rows.length && !held.data.cursor && <NoLead asked={asked} />}
      {team && parts.map((part) => (
        <section key={part.title}>
          {!who && <h3>{part.title}</h3>}
          <ul class="board-leads" aria-label={part.title}>
            {part.leads.map((lead) => <HeldLead key={lead.lead_id} lead={lead} team={team} />)}
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

function Pages({ held, after }: { held: Read<Answer<'/leads'>>; after: string | null }) {
  return (
    <div class="row">
      {after && <Button kind="quiet" onClick={() => goWith({ after: undefined })}>{words.first}</Button>}
      {held.data?.cursor && <Button kind="quiet" onClick={() => goWith({ after: held.data?.cursor ?? undefined })}>{words.more}</Button>}
    </div>
  );
}
