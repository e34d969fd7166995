/** Counts as badges say them. Pure. */

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
