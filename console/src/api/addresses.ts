/** Where the API and the session are, relative to the page; and how a call's address is written. */

/** Returns the folder of the console, such as `https://…/v1/console/`; the server says it in `<base href>`. */
export function consoleRoot(base: string = document.baseURI): URL {
  return new URL('.', base);
}

/** Returns the whole address of a path of the API, as a tool or a website needs it. */
export function apiAddress(path: string): string {
  return new URL(`..${path}`, consoleRoot()).href;
}

/** Returns the address of a call: its path's parameters filled in, its query behind it. */
export function address(path: string, asked: { path?: unknown; query?: unknown } = {}): string {
  const named = (asked.path ?? {}) as Record<string, unknown>;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(named[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((asked.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') query.append(name, String(value));
  }
  const said = query.toString();
  return said ? `${filled}?${said}` : filled;
}
