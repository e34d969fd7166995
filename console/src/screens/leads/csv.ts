/** Files of leads come in parts, which are joined under one head. */

/** Returns the query of the next part that a `Link` header names; undefined if there is none. */
export function nextOf(link: string | null): string | undefined {
  return /<[^>?]*(\?[^>]+)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
}

/** Returns the parts of a CSV file as one: only the first keeps its head. */
export function joined(parts: readonly string[]): string {
  return parts.map((part, at) => (at ? part.slice(part.indexOf('\n') + 1) : part)).join('');
}
