/** Where the reader is: the address holds the whole view, so that a link and the back button lead to the same. */
import { computed, signal } from '@preact/signals';
import { consoleRoot } from '../api/addresses.ts';
import { changed, within } from './matching.ts';

export interface Place {
  /** Within the console, such as `/inbox`. */
  path: string;
  query: URLSearchParams;
}

const root = consoleRoot();
const here = signal<Place>(read());

export const place = computed(() => here.value);

/** How many steps led to another screen, or to another thing that fills one: the reader's focus goes along. */
export const steps = signal(0);

function read(): Place {
  return { path: within(root.pathname, location.pathname), query: new URLSearchParams(location.search) };
}

/** Returns a place's address as `<a href>` takes it: `href('/leads/abc?at=…')`. */
export function href(to: string): string {
  return root.pathname.slice(0, -1) + to;
}

/** Goes to a place within the console. `replace` leaves no step for the back button. */
export function go(to: string, how: { replace?: boolean } = {}): void {
  history[how.replace ? 'replaceState' : 'pushState'](null, '', href(to));
  const [before, now] = [here.peek(), read()];
  if (!how.replace && now.path !== before.path) steps.value += 1;
  here.value = now;
}

/** Changes values of the present address: `goWith({ lead: id })`. undefined takes one away. */
export function goWith(values: Record<string, string | undefined>, how: { replace?: boolean } = {}): void {
  const { path, query } = here.peek();
  const next = changed(query, values).toString();
  go(next ? `${path}?${next}` : path, how);
}

/** Moves on from where the reader is now; each returns whether it did. */
export interface FromHere {
  go: (...to: Parameters<typeof go>) => boolean;
  goWith: (...to: Parameters<typeof goWith>) => boolean;
}

/** Takes hold of where the reader is, for what follows a wait: whoever has moved on meanwhile is not led away.
 *
 * `const here = fromHere(); const done = await …; here.goWith({ who: undefined });`
 */
export function fromHere(): FromHere {
  const was = written();
  const still = (move: () => void) => {
    const stayed = written() === was;
    if (stayed) move();
    return stayed;
  };
  return { go: (...to) => still(() => go(...to)), goWith: (...to) => still(() => goWith(...to)) };
}

function written(): string {
  const { path, query } = here.peek();
  return `${path}?${query}`;
}

addEventListener('popstate', () => {
  here.value = read();
});

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (!link.pathname.startsWith(root.pathname) || link.pathname === location.pathname && link.hash) return;
  event.preventDefault();
  go(within(root.pathname, link.pathname) + link.search);
});
