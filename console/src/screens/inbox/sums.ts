/** What the rows of an inbox come to. */
import { inbox as words } from '#texts/inbox.ts';
import { dueWords } from '../../format/spans.ts';

interface Clocked {
  clock: { due_at: string } | null;
}

/** Returns whether a row's running clock has passed; `now` in milliseconds. */
export function isOverdue(row: Clocked, now: number): boolean {
  return !!row.clock && Date.parse(row.clock.due_at) <= now;
}

/** Returns `, the next is due in 1 h 12 min.` of the first deadline to come, or of the first at all if all have passed. */
export function nextDue(rows: readonly Clocked[], now: number): string {
  const dues = rows.flatMap((row) => (row.clock ? [Date.parse(row.clock.due_at)] : [])).sort((a, b) => a - b);
  const coming = dues.find((due) => due > now) ?? dues[0];
  return coming === undefined ? words.noneDue : words.next(dueWords(coming, now));
}
