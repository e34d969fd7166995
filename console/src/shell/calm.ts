/** Keeps a list's rows where they are while it is read anew: new ones are counted, and come when they are asked for. */

/** Returns the rows in the order that is shown, as they are now, and how many are new. Those that are gone leave.
 *
 * New ones behind the last that is shown are shown at once: they move nothing. A row that two pages have counts once.
 */
export function calm<T>(shown: readonly string[], rows: readonly T[], idOf: (row: T) => string): { rows: T[]; fresh: number } {
  const now = new Map(rows.map((row) => [idOf(row), row]));
  const known = new Set(shown);
  const each = [...now.values()];
  const last = each.findLastIndex((row) => known.has(idOf(row)));
  const kept = [...shown.flatMap((id) => now.get(id) ?? []), ...each.slice(last + 1)];
  return { rows: kept, fresh: each.length - kept.length };
}
