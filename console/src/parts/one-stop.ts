/** A list is one stop for Tab, whatever its length: the arrows go through its rows. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Steps of the keys that go through a list; Infinity goes to its end. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, End: Infinity, Home: -Infinity };

/** Makes one of the rows in a room the stop: the one with the focus, else the selected one, else the first.
 *
 * The rows are `a.list-row`; they may come and go while somebody scrolls.
 */
export function useOneStop(room: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const list = room.current;
    if (!list) return undefined;
    const rows = () => [...list.querySelectorAll<HTMLElement>('.list-row')];
    const settle = () => {
      const all = rows();
      const stop = all.find((row) => row === document.activeElement) ?? all.find((row) => row.hasAttribute('aria-current')) ?? all[0];
      for (const row of all) row.tabIndex = row === stop ? 0 : -1;
    };
    const heard = (event: KeyboardEvent) => {
      const by = STEPS[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      const all = rows();
      const at = all.findIndex((row) => row === event.target);
      if (at < 0) return;
      event.preventDefault();
      all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
    };
    const changed = new MutationObserver(settle);
    changed.observe(list, { childList: true, subtree: true, attributeFilter: ['aria-current'] });
    list.addEventListener('focusin', settle);
    list.addEventListener('keydown', heard);
    settle();
    return () => {
      changed.disconnect();
      list.removeEventListener('focusin', settle);
      list.removeEventListener('keydown', heard);
    };
  }, []);
}
