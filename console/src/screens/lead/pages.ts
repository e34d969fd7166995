/** Pages of a list that grows under the reader: what came first stays in its place, and what is new is counted. */

/** What is shown of a list, what came since on its first page, and where its next page begins. */
export interface Kept<T> {
  rows: readonly T[];
  fresh: readonly T[];
  cursor: string | null;
}

export interface Page<T> {
  rows: readonly T[];
  cursor: string | null;
}

/** Returns what is shown once the first page was read anew: its rows as they are now, without those that are gone.
 *
 * A row is gone if it is missing from the first page and stood before one that is on it; later ones have moved on.
 */
export function refreshed<T>(kept: Kept<T> | undefined, first: Page<T>, idOf: (row: T) => string): Kept<T> {
  if (!kept?.rows.length) return { rows: first.rows, fresh: [], cursor: first.cursor };
  const now = new Map(first.rows.map((row) => [idOf(row), row]));
  const last = kept.rows.findLastIndex((row) => now.has(idOf(row)));
  const ends = first.cursor === null;
  const rows = kept.rows.flatMap((row, at) => now.get(idOf(row)) ?? (at > last && !ends ? row : []));
  const known = new Set(kept.rows.map(idOf));
  return { rows, fresh: first.rows.filter((row) => !known.has(idOf(row))), cursor: ends ? null : kept.cursor };
}

/** Returns what is shown with the next page behind it. */
export function appended<T>(kept: Kept<T>, next: Page<T>, idOf: (row: T) => string): Kept<T> {
  const known = new Set([...kept.rows, ...kept.fresh].map(idOf));
  return { ...kept, rows: [...kept.rows, ...next.rows.filter((row) => !known.has(idOf(row)))], cursor: next.cursor };
}

/** Returns what is shown once what is new was asked for, in the list's own order. */
export function withFresh<T>(kept: Kept<T>, first: Page<T>, idOf: (row: T) => string): Kept<T> {
  const on = new Set(first.rows.map(idOf));
  return { rows: [...first.rows, ...kept.rows.filter((row) => !on.has(idOf(row)))], fresh: [], cursor: kept.cursor };
}

/** Returns rows in pieces of so many, so that a piece in which nothing changed is not drawn anew. */
export function pieces<T>(rows: readonly T[], size = 25): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size));
}
