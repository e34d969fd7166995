import { signal } from '@preact/signals';
import { toast as words } from '#texts/parts.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface Toast {
  id: number;
  words: string;
  undo?: (() => void) | undefined;
}

const toasts = signal<readonly Toast[]>([]);
let count = 0;

/** Says briefly what was done; with `undo`, it can be taken back. Returns how to unsay what is true no more. */
export function say(said: string, undo?: () => void): () => void {
  const id = ++count;
  toasts.value = [...toasts.value.slice(-2), { id, words: said, undo }];
  setTimeout(() => dismiss(id), undo ? 12_000 : 6_000);
  return () => dismiss(id);
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((each) => each.id !== id);
}

export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map((each) => (
        <div key={each.id} class="toast">
          <span class="grow">{each.words}</span>
          {each.undo && <Button kind="quiet" onClick={() => { each.undo?.(); dismiss(each.id); }}>{words.undo}</Button>}
          <button type="button" class="button quiet square" aria-label={words.dismiss} onClick={() => dismiss(each.id)}><Icon name="close" size={16} /></button>
        </div>
      ))}
    </div>
  );
}
