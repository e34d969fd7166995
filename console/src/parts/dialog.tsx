import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { dialog as words } from '#texts/parts.ts';
import { Icon } from './icon.tsx';

/** A question or a small form above the screen. Escape closes it; the focus goes back to where it was. */
export function Dialog({ title, onClose, children, wide, bare }: { title: string; onClose: () => void; children: ComponentChildren; wide?: boolean; bare?: boolean }) {
  const node = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    node.current?.showModal();
    node.current?.querySelector<HTMLElement>('[data-focused]')?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={node} class={`dialog ${wide ? 'wide' : ''} ${bare ? 'bare' : ''}`} aria-labelledby={id}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onClick={(event) => { if (event.target === node.current) onClose(); }}>
      <div class="dialog-room">
        <header class={bare ? 'sr' : 'row'}>
          <h2 id={id} class="grow">{title}</h2>
          {!bare && <button type="button" class="button quiet square" aria-label={words.close} onClick={onClose}><Icon name="close" /></button>}
        </header>
        {children}
      </div>
    </dialog>
  );
}
