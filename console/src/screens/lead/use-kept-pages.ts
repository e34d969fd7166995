import { useState } from 'preact/hooks';
import { Fault } from '../../api/index.ts';
import { appended, type Kept, type Page, refreshed, withFresh } from './pages.ts';

const MOST = 12;
const lists = new Map<string, { kept: Kept<unknown>; seen: unknown }>();

export interface Pages<T> {
  rows: readonly T[];
  fresh: number;
  showFresh: () => void;
  /** Reads the next page; undefined if there is none. Returns what is shown then. */
  more: (() => Promise<readonly T[]>) | undefined;
  loading: boolean;
  fault: Fault | undefined;
}

/** Shows a list page by page, and keeps what was shown of it while one looks elsewhere.
 *
 * @param view names the list, such as the address of its first page
 * @param first its first page as it is read now, undefined until it was read
 * @param next reads the page that begins at a cursor
 */
export function useKeptPages<T>(view: string, first: Page<T> | undefined, idOf: (row: T) => string, next: (cursor: string) => Promise<Page<T>>): Pages<T> {
  const [, redraw] = useState(0);
  const [loading, setLoading] = useState(false);
  const [fault, setFault] = useState<Fault | undefined>();
  let list = lists.get(view) as { kept: Kept<T>; seen: unknown } | undefined;
  if (first && list?.seen !== first.rows) keep({ kept: refreshed(list?.kept, first, idOf), seen: first.rows });

  function keep(now: { kept: Kept<T>; seen: unknown }): void {
    list = now;
    lists.delete(view);
    lists.set(view, now);
    for (const other of lists.keys()) if (lists.size > MOST) lists.delete(other);
  }

  const cursor = list?.kept.cursor;
  return {
    rows: list?.kept.rows ?? [],
    fresh: list?.kept.fresh.length ?? 0,
    showFresh: () => {
      if (list && first) keep({ ...list, kept: withFresh(list.kept, first, idOf) });
      redraw((count) => count + 1);
    },
    more: cursor
      ? async () => {
          if (loading) return list?.kept.rows ?? [];
          setLoading(true);
          setFault(undefined);
          try {
            const page = await next(cursor);
            const now = (lists.get(view) as typeof list) ?? list;
            if (now && now.kept.cursor === cursor) keep({ ...now, kept: appended(now.kept, page, idOf) });
          } catch (failure) {
            setFault(failure instanceof Fault ? failure : new Fault('other'));
          }
          setLoading(false);
          return list?.kept.rows ?? [];
        }
      : undefined,
    loading,
    fault,
  };
}
