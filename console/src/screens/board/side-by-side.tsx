/** What several teams have and owe, a line each; every count leads to its leads. */
import { board as words } from '#texts/board.ts';
import { Table } from '../../parts/index.ts';
import { href } from '../../shell/place.ts';
import { type Count, shown, together } from './counts.ts';
import { type BoardTeam, NOBODY } from './index.tsx';

export function SideBySide({ teams }: { teams: readonly BoardTeam[] }) {
  const lead = (team: BoardTeam, count: Count | undefined, more: Record<string, string>, what: string) => (!count?.count ? '0' : (
    <a href={href(`/board?${new URLSearchParams({ team: team.team, ...more })}`)} aria-label={`${team.label}: ${what}: ${shown(count)}`}>{shown(count)}</a>
  ));
  const late = (team: BoardTeam) => {
    const count = together([team.late.held, team.late.waiting]);
    return <span class={count.count ? 'due late' : ''}>{lead(team, count, { overdue: 'true' }, words.columns.overdue)}</span>;
  };
  return (
    <Table caption={words.sideBySide} hideCaption stacks rows={teams} idOf={(team) => team.team} columns={[
      { name: words.team, cell: (team) => <a href={href(`/board?team=${team.team}`)}>{team.label}</a> },
      { name: words.columns.open, number: true, cell: (team) => shown(team.open) },
      { name: words.columns.overdue, number: true, cell: (team) => late(team) },
      { name: words.columns.escalated, number: true, cell: (team) => lead(team, team.escalated, { escalated: 'today' }, words.columns.escalated) },
      { name: words.columns.waiting, number: true, cell: (team) => lead(team, { count: team.waiting, more: false }, { who: NOBODY }, words.columns.waiting) },
      { name: words.columns.free, number: true, cell: (team) => team.people.filter((each) => each.gets_leads).length },
    ]} />
  );
}
