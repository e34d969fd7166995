/** How many leads are overdue by who has to act, and how many escalated, each count with its leads; and who is free. */
import { board as words } from '#texts/board.ts';
import type { Answer } from '../../api/index.ts';
import { Note } from '../../parts/index.ts';
import { href } from '../../shell/place.ts';
import { shown, type Count, together } from './counts.ts';
import { NOBODY, type Team } from './index.tsx';

type Late = NonNullable<Answer<'/leads'>['overdue']>;

export function Sums({ asked, teams, late, escalated }: { asked: string; teams: readonly Team[]; late: Late; escalated: Count | undefined }) {
  const here = (more: Record<string, string>) => href(`/board?${new URLSearchParams({ team: asked, ...more })}`);
  const parts: [Count, (count: string) => string, string][] = [
    [late.held, words.lateHeld, here({ overdue: 'true' })],
    [late.waiting, words.lateWaiting, here({ overdue: 'true', who: NOBODY })],
    [late.marketing, words.lateMarketing, href('/leads?owner=marketing&overdue=true')],
  ];
  const all = together(parts.map(([count]) => count));
  const waiting = teams.reduce((sum, team) => sum + team.waiting, 0);
  return (
    <Note tone={all.count ? 'late' : 'plain'} {...(all.count ? { icon: 'warning' as const } : {})}>
      <p>
        <strong class={all.count ? 'due late' : ''}>{all.count ? words.overdue(shown(all)) : words.noneOverdue}</strong>
        {' · '}{escalated?.count || escalated?.more ? <strong><a href={here({ escalated: 'today' })}>{words.escalatedToday(shown(escalated))}</a></strong> : words.noneEscalatedToday}
      </p>
      {!!all.count && (
        <ul class="board-late">
          {parts.filter(([count]) => count.count).map(([count, say, to]) => <li key={to}><a href={to}>{say(shown(count))}</a></li>)}
        </ul>
      )}
      <p>
        {words.open(shown(together(teams.map((team) => team.open))))}{!!waiting && <> · <a href={here({ who: NOBODY })}>{words.waiting(waiting)}</a></>}
        {' · '}<a href={href('/leads?overdue=true')}>{words.everywhere}</a>
      </p>
      {teams.filter((team) => !team.people.some((each) => each.gets_leads)).map((team) => (
        <p key={team.team}>{teams.length > 1 ? words.nobodyFreeIn(team.label) : words.nobodyFree} <a href={href(`/roster?team=${team.team}`)}>{words.toRoster}</a></p>
      ))}
    </Note>
  );
}
