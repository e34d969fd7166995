/** Rows of a long list in pieces. */

/** Returns rows in pieces of so many, so that a piece in which nothing changed is not drawn anew. */
export function pieces<T>(rows: readonly T[], size = 25): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size));
}
