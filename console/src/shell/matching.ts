/** Which screen an address below the console's folder means. */

/** Returns the parameters of a path by a pattern such as `/leads/:id`, or undefined if it is another path. */
export function matched(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const said = decoded(given[index] ?? '');
    if (said === undefined) return undefined;
    if (part.startsWith(':')) {
      if (!said) return undefined;
      params[part.slice(1)] = said;
    } else if (part !== said) return undefined;
  }
  return params;
}

/** Returns the path within the console of a whole path, such as `/leads` of `/v1/console/leads/`. */
export function within(root: string, path: string): string {
  const inner = path.startsWith(root) ? path.slice(root.length - 1) : '/';
  return inner.length > 1 ? inner.replace(/\/+$/, '') || '/' : '/';
}

/** Returns the first of several patterns that a path fits, by its place, and the parameters. */
export function found<T extends { path: string }>(
  all: readonly T[],
  path: string,
): { one: T; params: Record<string, string> } | undefined {
  for (const one of all) {
    const params = matched(one.path, path);
    if (params) return { one, params };
  }
  return undefined;
}

/** Returns a query with some values changed; undefined and '' take one away. */
export function changed(query: URLSearchParams, values: Record<string, string | undefined>): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(values)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
