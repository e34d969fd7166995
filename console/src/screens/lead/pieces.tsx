import { Component, type ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { list as words } from '#texts/parts.ts';
import { Button, FaultNote } from '../../parts/index.ts';
import type { Fault } from '../../api/index.ts';

interface PieceProps<T> {
  rows: readonly T[];
  /** Whatever else a row's look follows from, such as which one is selected; '' if none of these rows is concerned. */
  mark: string;
  /** Whether they stand there even if nobody sees them, such as those with the selected one. */
  stay?: boolean;
  children: (rows: readonly T[]) => ComponentChildren;
}

interface PieceState {
  /** How high they are; undefined as long as they are seen, or nearly. */
  away?: number | undefined;
}

const pieces = new WeakMap<Element, Piece<never>>();
const NEAR = '800px';
/** Browsers without `scrollMargin` draw a piece once it is seen. */
const sight = new IntersectionObserver((entries) => {
  for (const each of entries) pieces.get(each.target)?.seen(each.isIntersecting);
}, { rootMargin: NEAR, scrollMargin: NEAR } as IntersectionObserverInit);

/** Some rows of a long list: they are drawn only near to what is seen, and anew only if one of them changed. */
export class Piece<T> extends Component<PieceProps<T>, PieceState> {
  override state: PieceState = {};
  private room: HTMLElement | null = null;
  private away: number | undefined;

  override componentDidMount(): void {
    if (!this.room) return;
    pieces.set(this.room, this as unknown as Piece<never>);
    sight.observe(this.room);
  }

  override componentWillUnmount(): void {
    if (this.room) sight.unobserve(this.room);
  }

  /** Hears whether they are seen, or nearly; what was last heard counts, also before it is drawn. */
  seen(near: boolean): void {
    this.away = near || this.props.stay ? undefined : (this.away ?? this.room?.offsetHeight);
    this.setState({ away: this.away });
  }

  override shouldComponentUpdate(next: PieceProps<T>, state: PieceState): boolean {
    const { rows, mark } = this.props;
    return this.state.away !== state.away || mark !== next.mark || rows.length !== next.rows.length || rows.some((row, at) => row !== next.rows[at]);
  }

  override render({ rows, children, stay }: PieceProps<T>, { away }: PieceState) {
    const empty = away !== undefined && !stay;
    return <div ref={(room) => { if (room) this.room = room; }} style={{ height: empty ? `${away}px` : undefined }}>{!empty && children(rows)}</div>;
  }
}

interface Further {
  more: (() => Promise<unknown>) | undefined;
  loadingMore: boolean;
  moreFault: Fault | undefined;
}

/** The end of a list: the next page comes as soon as it is seen, or by a press. */
export function More({ pages, count }: { pages: Further; count: number }) {
  const room = useRef<HTMLDivElement>(null);
  const latest = useRef(pages);
  latest.current = pages;
  useEffect(() => {
    const seen = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting && !latest.current.moreFault) void latest.current.more?.();
    }, { rootMargin: '400px' });
    if (room.current) seen.observe(room.current);
    return () => seen.disconnect();
  }, [count]);
  if (!pages.more) return null;
  return (
    <div ref={room} class="list">
      <FaultNote fault={pages.moreFault} again={() => void pages.more?.()} />
      <Button kind="quiet" class="more" pending={pages.loadingMore} onClick={() => void pages.more?.()}>{words.more}</Button>
    </div>
  );
}
