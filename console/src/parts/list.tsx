import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { list as words } from '#texts/parts.ts';
import { href } from '../shell/place.ts';
import { useKeys } from '../shell/keys.ts';
import { Button } from './button.tsx';
import { useOneStop } from './one-stop.ts';
import { useSight } from './sight.ts';

interface ListProps<T> {
  /** What the list is of, for those who hear it. */
  label: string;
  rows: readonly T[];
  idOf: (row: T) => string;
  /** Where a row leads, within the console: `/inbox?lead=…`. */
  to: (row: T) => string;
  selected?: string | undefined;
  /** Selects by j and k. */
  onSelect: (id: string) => void;
  /** Opens the selected one by Enter, such as by moving the focus to its detail. */
  onOpen?: (id: string) => void;
  children: (row: T) => ComponentChildren;
  /** From `useCalm`: how many came since. */
  fresh?: number;
  onFresh?: () => void;
  /** Loads the next page, if there is one. */
  onMore?: (() => void) | undefined;
  loadingMore?: boolean;
  /** Hears which rows are in sight, from `usePages`. */
  onSight?: (ids: readonly string[]) => void;
}

/** Rows to choose from, by touch, by j and k, or by the arrows and Enter. The address knows the selected one. */
export function List<T>({ label, rows, idOf, to, selected, onSelect, onOpen, children, fresh, onFresh, onMore, loadingMore, onSight }: ListProps<T>) {
  const room = useRef<HTMLUListElement>(null);
  useSight(room, onSight, rows.length);
  useOneStop(room);
  const step = (by: number) => {
    const at = rows.findIndex((row) => idOf(row) === selected);
    const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (next) onSelect(idOf(next));
  };
  useKeys([
    { key: 'j', words: words.next, run: () => step(1) },
    { key: 'k', words: words.previous, run: () => step(-1) },
    ...(onOpen ? [{ key: 'Enter', words: words.open, run: () => { if (selected) onOpen(selected); } }] : []),
  ]);
  useEffect(() => {
    room.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <div class="list">
      {!!fresh && onFresh && <Button kind="quiet" class="fresh" onClick={onFresh}>{words.fresh(fresh)}</Button>}
      <ul ref={room} aria-label={label}>
        {rows.map((row) => (
          <li key={idOf(row)} data-row={idOf(row)}>
            <a href={href(to(row))} aria-current={idOf(row) === selected || undefined} class="list-row">{children(row)}</a>
          </li>
        ))}
      </ul>
      {onMore && <Button kind="quiet" class="more" pending={!!loadingMore} onClick={onMore}>{words.more}</Button>}
    </div>
  );
}
