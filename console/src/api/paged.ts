/** A list as it was read page by page, and what becomes of it when one of its pages is read anew. */

export interface Page<T> {
  rows: readonly T[];
  /** Where the next page begins; null on the last one. */
  cursor: string | null;
}

export interface Paged<T> {
  /** Each page with the cursor that it begins at, null for the first. No row is on two. */
  pages: readonly { from: string | null; rows: readonly T[] }[];
  /** Where the next page begins; null if all were read. */
  cursor: string | null;
}

export const NO_PAGES: Paged<never> = { pages: [], cursor: null };

/** Returns the list with a further page behind it. */
export function appended<T>(list: Paged<T>, page: Page<T>, idOf: (row: T) => string): Paged<T> {
  const known = new Set(list.pages.flatMap((each) => each.rows.map(idOf)));
  const rows = page.rows.filter((row) => !known.has(idOf(row)));
  return { pages: [...list.pages, { from: list.cursor, rows }], cursor: page.cursor };
}

/** Returns the list once one of its pages was read anew; the others stay until they are, too.
 *
 * The page is as it is now. A row that it lacks has moved on to the next page if it stood behind all that still are
 * there; else it is gone. The next page begins where this one ends now.
 */
export function renewed<T>(list: Paged<T>, at: number, page: Page<T>, idOf: (row: T) => string): Paged<T> {
  const now = new Set(page.rows.map(idOf));
  const others = (rows: readonly T[]) => rows.filter((row) => !now.has(idOf(row)));
  const before = list.pages.slice(0, at).map((each) => ({ ...each, rows: others(each.rows) }));
  const here = { from: list.pages[at]?.from ?? null, rows: page.rows };
  const later = page.cursor === null ? [] : behind(list.pages.slice(at).map((each) => each.rows), now, idOf);
  const cursors = [page.cursor, ...list.pages.slice(at + 2).map((each) => each.from)];
  const left = later.flatMap((rows, index) => (rows.length ? [{ from: cursors[index] ?? null, rows }] : []));
  if (left[0]) left[0] = { ...left[0], from: page.cursor };
  return { pages: [...before, here, ...left], cursor: left.length ? list.cursor : page.cursor };
}

/** What is left of the pages behind the first of these, with the rows of that one that have moved on. */
function behind<T>(pages: readonly (readonly T[])[], now: ReadonlySet<string>, idOf: (row: T) => string): (readonly T[])[] {
  const [here = [], next, ...further] = pages;
  if (!next) return [];
  const lastPage = pages.findLastIndex((rows) => rows.some((row) => now.has(idOf(row))));
  const rest = (rows: readonly T[], page: number) => (page < lastPage ? [] : page > lastPage ? rows : rows.slice(rows.findLastIndex((row) => now.has(idOf(row))) + 1));
  const [moved = [], ...left] = [here, next, ...further].map(rest);
  return [[...moved, ...(left[0] ?? [])], ...left.slice(1)];
}
