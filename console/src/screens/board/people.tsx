/** The people of a team: how many leads each holds of how many, what is late, and whether the next one may be theirs. */
import { board as words } from '#texts/board.ts';
import { Said, Tag } from '../../parts/index.ts';
import { href, place } from '../../shell/place.ts';
import { shown } from './counts.ts';
import type { Team } from './index.tsx';

export function People({ team, asked }: { team: Team; asked: string }) {
  const { query } = place.value;
  const leads = (who: string) => href(`/board?${new URLSearchParams({ ...Object.fromEntries(query), team: asked, who })}`);
  const chosen = query.get('who');
  return (
    <ul class="board-people">
      {[...team.people].sort((one, other) => rank(one) - rank(other)).map((each) => (
        <li key={each.email} class="row">
          <div class="grow">
            <a href={leads(each.email)} aria-current={each.email === chosen || undefined}>{each.email}</a>
            <p class="small muted">{each.gets_leads ? words.nextMayBeTheirs : <Said text={each.why_not} />}</p>
          </div>
          {!!each.overdue.count && <span class="due late">{words.overdue(shown(each.overdue))}</span>}
          {(each.role !== 'manager' || each.open > 0) && <Load open={each.open} capacity={each.capacity} />}
          {each.gets_leads && <Tag tone="done">{words.free}</Tag>}
        </li>
      ))}
    </ul>
  );
}

/** Who is free comes first, then who is not, then managers, who get no leads of their own. */
function rank(person: Team['people'][number]): number {
  return person.role === 'manager' ? 2 : person.gets_leads ? 0 : 1;
}

function Load({ open, capacity }: { open: number; capacity: number }) {
  const share = capacity ? Math.min(1, open / capacity) : 1;
  return (
    <span class="board-load">
      <svg width="60" height="8" aria-hidden="true" focusable="false">
        <rect class="board-room" width="60" height="8" rx="4" />
        <rect class={share < 1 ? 'board-held' : 'board-full'} width={60 * share} height="8" rx="4" />
      </svg>
      {words.load(open, capacity)}
    </span>
  );
}
