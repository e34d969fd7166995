/** What the rows of an inbox come to. */
import { inbox as words } from '#texts/inbox.ts';
import { dueWords } from '../../format/spans.ts';

interface Clocked {
  clock: { due_at: string; late_after: string } | null;
  overdue_since: string | null;
}

/** Returns whether somebody is late with a row: its clock has passed, with its grace; `now` in milliseconds. */
export function isOverdue(row: Clocked, now: number): boolean {
  return !!row.overdue_since || (!!row.clock && Date.parse(row.clock.late_after) <= now);
}

/** Returns `, the next is due in 1 h 12 min.` of the first deadline to come, or of the first at all if all have passed. */
export function nextDue(rows: readonly Clocked[], now: number): string {
  const dues = rows.flatMap(({ clock }) => (clock ? [[Date.parse(clock.due_at), Date.parse(clock.late_after)] as const] : [])).sort(([a], [b]) => a - b);
  const coming = dues.find(([due]) => due > now) ?? dues[0];
  return coming === undefined ? words.noneDue : words.next(dueWords(coming[0], now, coming[1]));
}
