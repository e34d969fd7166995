/** Shows a list calmly on a screen: `useCalm`. */
import { useRef, useState } from 'preact/hooks';
import { calm } from './calm.ts';

/** Shows rows calmly: `{ rows, fresh, show }`, where `show()` takes the new ones in, in the list's own order.
 *
 * @param view whatever means another list, such as the address of the call: it is shown whole at once
 */
export function useCalm<T>(rows: readonly T[] | undefined, idOf: (row: T) => string, view = ''): { rows: T[]; fresh: number; show: () => void } {
  const kept = useRef<{ view: string; ids: string[] } | undefined>(undefined);
  const [, redraw] = useState(0);
  if (kept.current?.view !== view) kept.current = undefined;
  if (rows && (!kept.current || !kept.current.ids.length)) kept.current = { view, ids: rows.map(idOf) };
  const shown = calm(kept.current?.ids ?? [], rows ?? [], idOf);
  if (kept.current) kept.current.ids = [...new Set([...kept.current.ids, ...shown.rows.map(idOf)])];
  return {
    ...shown,
    show: () => {
      kept.current = undefined;
      redraw((count) => count + 1);
    },
  };
}
