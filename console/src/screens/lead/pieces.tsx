import { Component, type ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { list as words } from '#texts/parts.ts';
import { Button, FaultNote } from '../../parts/index.ts';
import type { Pages } from './use-pages.ts';

interface PieceProps<T> {
  rows: readonly T[];
  /** Whatever else a row's look follows from, such as which one is selected; '' if none of these rows is concerned. */
  mark: string;
  children: (row: T) => ComponentChildren;
}

/** Some rows of a long list; they are drawn anew only if one of them changed. */
export class Piece<T> extends Component<PieceProps<T>> {
  override shouldComponentUpdate(next: PieceProps<T>): boolean {
    const { rows, mark } = this.props;
    return mark !== next.mark || rows.length !== next.rows.length || rows.some((row, at) => row !== next.rows[at]);
  }

  override render({ rows, children }: PieceProps<T>) {
    return <>{rows.map(children)}</>;
  }
}

/** The end of a list: the next page comes as soon as it is seen, or by a press. */
export function More<T>({ pages }: { pages: Pages<T> }) {
  const room = useRef<HTMLDivElement>(null);
  const latest = useRef(pages);
  latest.current = pages;
  useEffect(() => {
    const seen = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting && !latest.current.fault) void latest.current.more?.();
    }, { rootMargin: '400px' });
    if (room.current) seen.observe(room.current);
    return () => seen.disconnect();
  }, [pages.rows.length]);
  if (!pages.more) return null;
  return (
    <div ref={room} class="list">
      <FaultNote fault={pages.fault} again={() => void pages.more?.()} />
      <Button kind="quiet" class="more" pending={pages.loading} onClick={() => void pages.more?.()}>{words.more}</Button>
    </div>
  );
}
