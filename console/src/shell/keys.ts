/** Keys of the shown screen. They are silent while somebody types, and can be switched off. */
import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface Key {
  /** As `KeyboardEvent.key` names it: `j`, `Enter`, `?`. */
  key: string;
  /** What it does, for the list that `?` shows. */
  words: string;
  run: () => void;
}

const OFF = 'baton-keys-off';

/** Whether single keys do anything. */
export const keysOn = signal(localStorage.getItem(OFF) === null);
/** What is listening now, the latest last. */
export const listening = signal<readonly Key[][]>([]);

/** Switches single keys on or off, for this browser. */
export function switchKeys(on: boolean): void {
  keysOn.value = on;
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, '1');
}

/** Listens to keys as long as the component is shown: `useKeys([{ key: 'j', words: words.next, run: next }])`. */
export function useKeys(keys: Key[]): void {
  const latest = useRef(keys);
  latest.current = keys;
  const names = keys.map((each) => each.key + each.words).join();
  // Before the screen is painted: a key that is pressed at first sight counts.
  useLayoutEffect(() => {
    const own: Key[] = latest.current.map((each, index) => ({ ...each, run: () => latest.current[index]?.run() }));
    listening.value = [...listening.peek(), own];
    return () => {
      listening.value = listening.peek().filter((each) => each !== own);
    };
  }, [names]);
}

/** Whether a key pressed there means a letter, or belongs to a control. */
export function isTyping(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('input:not([type=radio],[type=checkbox],[type=button]),textarea,select,[contenteditable]')) return true;
  return key === 'Enter' && !!target.closest('button,a,summary,input,[role=button]');
}

document.addEventListener('keydown', (event) => {
  if (!keysOn.value || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target, event.key) || document.querySelector('dialog[open]')) return;
  for (const keys of listening.value.toReversed()) {
    const one = keys.find((each) => each.key === event.key);
    if (!one) continue;
    event.preventDefault();
    one.run();
    return;
  }
});
