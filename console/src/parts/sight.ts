/** Which rows of a list are in sight. */
import { type RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

const REST = 250;

/** Tells the ids of the first and the last row in sight, once scrolling rests; rows name theirs in `data-row`.
 *
 * @param count how many rows there are: with others, others may be in sight
 */
export function useSight(room: RefObject<HTMLElement | null>, onSight: ((ids: string[]) => void) | undefined, count: number): void {
  const tell = useRef(onSight);
  tell.current = onSight;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const rows = [...(room.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
      const first = rows.find((row) => row.getBoundingClientRect().bottom > 0);
      const last = rows.findLast((row) => row.getClientRects().length > 0 && row.getBoundingClientRect().top < innerHeight);
      if (first && last) tell.current?.([first.dataset['row'] ?? '', last.dataset['row'] ?? '']);
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(look, REST);
    };
    if (tell.current) {
      document.addEventListener('scroll', soon, { capture: true, passive: true });
      soon();
    }
    return () => {
      clearTimeout(timer);
      document.removeEventListener('scroll', soon, { capture: true });
    };
  }, [count, !onSight]);
}
