/** Keeps a list's rows where they are while it is read anew: new ones are counted, and come when they are asked for. */

/** Returns the rows in the order that is shown, as they are now, and how many are new. Those that are gone leave. */
export function calm<T>(shown: readonly string[], rows: readonly T[], idOf: (row: T) => string): { rows: T[]; fresh: number } {
  const now = new Map(rows.map((row) => [idOf(row), row]));
  const kept = shown.flatMap((id) => now.get(id) ?? []);
  return { rows: kept, fresh: rows.length - kept.length };
}
