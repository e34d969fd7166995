/** The people of a team beside one of them. */
import { roster as words } from '#texts/roster.ts';
import { type Answer, useRead } from '../../api/index.ts';
import { now } from '../../format/clock.ts';
import { Button, Empty, FaultNote, Head, List, Loading, Note, Said, Select, Split, Tag, focusDetail } from '../../parts/index.ts';
import { type NamedTeam, useTeams } from '../../session/teams.ts';
import { agreedZone } from '../../session/zone.ts';
import { goWith, place } from '../../shell/place.ts';
import { leaveNear } from './away.ts';
import { NewPerson } from './new-person.tsx';
import { Person } from './person.tsx';
import './roster.css';

export type Rep = Answer<'/teams/{team}/reps'>['reps'][number];
const NEW = 'new';

export default function Roster() {
  const { teams, own, fault, loading, again } = useTeams();
  const named = place.value.query.get('team') ?? own;
  if (!named) return <div class="page"><FaultNote fault={fault} again={again} />{loading && <Loading label={words.people} lines={6} />}</div>;
  return <OneTeam key={named} team={named} teams={teams} />;
}

function OneTeam({ team, teams }: { team: string; teams: readonly NamedTeam[] }) {
  const { data, fault, loading, again } = useRead('/teams/{team}/reps', { path: { team } });
  const reps = data?.reps ?? [];
  const who = place.value.query.get('who') ?? undefined;
  const at = reps.findIndex((each) => each.email === who);
  const choose = (email: string | undefined) => goWith({ who: email });
  const step = (index: number) => (reps[index] ? () => choose(reps[index]?.email) : undefined);
  const to = (email: string) => `/roster?${new URLSearchParams({ team, who: email })}`;
  return (
    <Split label={who ?? words.people} onBack={() => choose(undefined)} onPrevious={step(at - 1)} onNext={at < 0 ? undefined : step(at + 1)}
      {...(at < 0 ? {} : { at: at + 1, of: reps.length })}
      list={
        <>
          <div class="roster-head stack">
            <Head title={words.title} about={words.about} actions={<Button onClick={() => choose(NEW)}>{words.add}</Button>} />
            {teams.length > 1 && (
              <Select label={words.team} value={team} onChange={(name) => goWith({ team: name, who: undefined })}
                options={teams.map((each) => ({ value: each.team, label: each.label }))} />
            )}
            <FaultNote fault={fault} again={again} stale={!!data} pending={loading} />
            {data?.warnings.map((each) => <Note key={each} tone="soon" icon="warning">{each}</Note>)}
            {!data && loading && <Loading label={words.people} lines={6} />}
            {data && !reps.length && <Empty icon="people" title={words.empty.title}>{words.empty.detail}</Empty>}
          </div>
          <List label={words.people} rows={reps} idOf={(row) => row.email} to={(row) => to(row.email)} selected={who} onSelect={choose} onOpen={focusDetail}>
            {(row) => <Row rep={row} />}
          </List>
        </>
      }
      detail={
        who === undefined ? undefined
          : who === NEW ? <NewPerson key={team} team={team} people={reps} />
            : reps[at] ? <Person key={who} rep={reps[at]} team={team} />
              : data ? <p>{words.absent}</p> : undefined
      }
      empty={<Empty icon="people" title={words.choose.title}>{words.choose.detail}</Empty>} />
  );
}

function Row({ rep }: { rep: Rep }) {
  const leave = leaveNear(rep.away, now.value, rep.time_zone ?? agreedZone.value ?? undefined);
  const isToldByTag = !!leave?.begun && rep.subscription === 'confirmed' && rep.role !== 'manager';
  return (
    <>
      <span class="row">
        <span class="grow">{rep.email}</span>
        {leave && <Tag tone="soon">{leave.told}</Tag>}
        {rep.role === 'manager' ? <Tag>{words.roles.manager}</Tag> : rep.gets_leads && <Tag tone="done">{words.free}</Tag>}
      </span>
      <span class="small muted">{rep.why_not && !isToldByTag ? <Said text={rep.why_not} /> : words.load(rep.open_handoffs ?? 0, rep.capacity ?? 0)}</span>
    </>
  );
}
