import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { split as words } from '#texts/parts.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface SplitProps {
  /** The list; it stays beside the detail from 900 pixels on. */
  list: ComponentChildren;
  /** The selected item; nothing on a phone shows the list. */
  detail: ComponentChildren | undefined;
  /** What stands beside the list while nothing is selected. */
  empty?: ComponentChildren;
  onBack: () => void;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  /** Where in the list: `3 of 12`. */
  at?: number;
  of?: number;
  /** The detail's name, for those who hear it. */
  label: string;
}

/** A list beside what is selected in it; on a phone one after the other. */
export function Split({ list, detail, empty, onBack, onPrevious, onNext, at, of, label }: SplitProps) {
  const room = useRef<HTMLDivElement>(null);
  useFollowing(room, !!detail);
  return (
    <div ref={room} class={`split ${detail ? 'has-detail' : ''}`}>
      <div class="split-list">{list}</div>
      <section class="split-detail" id="detail" tabIndex={-1} aria-label={label}>
        {detail && (
          <div class="split-steps">
            <h1 class="sr">{label}</h1>
            <Button kind="quiet" icon="back" onClick={onBack}>{words.back}</Button>
            <span class="grow" />
            {at !== undefined && of !== undefined && <span class="muted small">{words.place(at, of)}</span>}
            <button type="button" class="button quiet square" aria-label={words.previous} disabled={!onPrevious} onClick={onPrevious}><Icon name="back" /></button>
            <button type="button" class="button quiet square" aria-label={words.next} disabled={!onNext} onClick={onNext}><Icon name="next" /></button>
          </div>
        )}
        {detail ?? empty}
      </section>
    </div>
  );
}

/** Where only one of them is shown, the focus goes along: into the detail, and back to the row that led there. */
function useFollowing(room: RefObject<HTMLElement | null>, open: boolean): void {
  const was = useRef(open);
  const row = useRef<Element | null | undefined>(undefined);
  useEffect(() => {
    const [list, pane] = ['.split-list', '.split-detail'].map((each) => room.current?.querySelector(each));
    if (open) row.current = list?.querySelector('[aria-current]');
    if (was.current === open) return;
    was.current = open;
    const left = open ? list : pane;
    const focused = document.activeElement;
    const isLost = !focused || focused === document.body || left?.contains(focused);
    if (left?.getClientRects().length || !isLost) return;
    if (open) focusDetail();
    else if (row.current?.isConnected) (row.current as HTMLElement).focus();
  });
}

/** Moves the focus to the detail, such as after Enter. */
export function focusDetail(): void {
  document.getElementById('detail')?.focus();
}
