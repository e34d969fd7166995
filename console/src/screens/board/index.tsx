/** A team of sales: its people with their load, and what each of them holds, the latest first. */
import { useRef } from 'preact/hooks';
import { board as words } from '#texts/board.ts';
import { type Answer, type Read, useRead } from '../../api/index.ts';
import { Button, Check, Choice, Empty, FaultNote, Head, Loading, Note, Panel } from '../../parts/index.ts';
import { useTeams } from '../../session/teams.ts';
import { goWith, place } from '../../shell/place.ts';
import { HeldLead } from './held-lead.tsx';
import { People } from './people.tsx';
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
  const [who, overdue, after] = [query.get('who'), query.get('overdue') === 'true', query.get('after')];
  const held = useRead('/leads', {
    query: { team: name, counts: 'true', ...(who ? { owner: who } : {}), ...(overdue ? { overdue: 'true' as const } : {}), ...(after ? { cursor: after } : {}) },
  });
  const counted = useRef<Team | undefined>(undefined);
  const team = (counted.current = held.data?.counts ?? counted.current);
  return (
    <>
      {team && <Sums team={team} />}
      {team && <Panel title={words.people}><People team={team} /></Panel>}
      <Leads held={held} team={team} who={who} overdue={overdue} after={after} />
    </>
  );
}

function Sums({ team }: { team: Team }) {
  const late = team.overdue.count > 0;
  return (
    <Note tone={late ? 'late' : 'plain'} {...(late ? { icon: 'warning' as const } : {})}>
      {[words.open(shown(team.open)), ...(late ? [words.overdue(shown(team.overdue))] : []), ...(team.waiting ? [words.waiting(team.waiting)] : [])].join(' · ')}
    </Note>
  );
}

interface LeadsShown { held: Read<Answer<'/leads'>>; team: Team | undefined; who: string | null; overdue: boolean; after: string | null }

function Leads({ held, team, who, overdue, after }: LeadsShown) {
  const title = who === NOBODY ? words.waitingLeads : who ? words.leadsOf(who) : words.all;
  return (
    <Panel title={title}
      actions={
        <>
          {who && <Button kind="quiet" onClick={() => goWith({ who: undefined, after: undefined })}>{words.all}</Button>}
          <Check label={words.onlyLate} checked={overdue} onChange={(on) => goWith({ overdue: on ? 'true' : undefined, after: undefined })} />
        </>
      }>
      <FaultNote fault={held.fault} again={held.again} stale={!!held.data} pending={held.loading} />
      {!held.data && held.loading && <Loading label={title} lines={6} />}
      {held.data && !held.data.leads.length && !held.data.cursor && <Empty title={words.none.title}>{words.none.detail}</Empty>}
      <ul class="board-leads" aria-label={title}>
        {team && held.data?.leads.map((lead) => <HeldLead key={lead.lead_id} lead={lead} team={team} />)}
      </ul>
      <Pages held={held} after={after} />
    </Panel>
  );
}

function Pages({ held, after }: { held: Read<Answer<'/leads'>>; after: string | null }) {
  return (
    <div class="row">
      {after && <Button kind="quiet" onClick={() => goWith({ after: undefined })}>{words.first}</Button>}
      {held.data?.cursor && <Button kind="quiet" onClick={() => goWith({ after: held.data?.cursor ?? undefined })}>{words.more}</Button>}
    </div>
  );
}

/** A count as a badge says it: `99+`. */
export function shown(count: { count: number; more: boolean }): string {
  return `${count.count}${count.more ? '+' : ''}`;
}
