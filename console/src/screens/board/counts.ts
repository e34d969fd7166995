/** Counts as badges say them, and which rows stay while a form in them is open. Pure. */

/** How many there are, 99 at most, and whether there are more. */
export interface Count { count: number; more: boolean }

const MOST = 99;

/** Returns the count as a badge says it: `99+`. */
export function shown({ count, more }: Count): string {
  return `${count}${more ? '+' : ''}`;
}

/** Returns several counts as one; it ends at 99, as each of them does. */
export function together(counts: readonly Count[]): Count {
  const whole = counts.reduce((sum, each) => sum + each.count, 0);
  return { count: Math.min(MOST, whole), more: whole > MOST || counts.some((each) => each.more) };
}

/** A row whose form is open: as it was then, and its place in the list. */
export interface Opened<R> { row: R; at: number }

/** Returns the rows of a list, and in their places those that left it while their form was open. */
export function withOpened<R extends { lead_id: string }>(rows: readonly R[], opened: ReadonlyMap<string, Opened<R>>): R[] {
  const all = [...rows];
  const gone = [...opened.values()].filter(({ row }) => !rows.some((each) => each.lead_id === row.lead_id));
  for (const { row, at } of gone.sort((one, other) => one.at - other.at)) all.splice(at, 0, row);
  return all;
}
