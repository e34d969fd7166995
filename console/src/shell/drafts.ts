/** Keeps what was typed and not sent, in memory only, while one looks elsewhere or signs in again. */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';

const drafts = new Map<string, unknown>();

/** How many drafts there are: a page with some is not loaded anew by itself. */
export const unsent = signal(0);

/** Holds a form's values under a key such as `contact:${handoffId}`: `[values, change, done]`.
 *
 * `change` takes what differs; `done` forgets the draft once it was sent.
 */
export function useDraft<T extends object>(key: string, empty: T): [T, (values: Partial<T>) => void, () => void] {
  const [, redraw] = useState(0);
  const values = (drafts.get(key) as T | undefined) ?? empty;
  const keep = (next: T | undefined) => {
    if (next) drafts.set(key, next);
    else drafts.delete(key);
    unsent.value = drafts.size;
    redraw((count) => count + 1);
  };
  return [
    values,
    (some) => keep({ ...((drafts.get(key) as T | undefined) ?? empty), ...some }),
    () => keep(undefined),
  ];
}

/** Whether something was typed under the key and not sent. */
export function hasDraft(key: string): boolean {
  return drafts.has(key);
}

/** What was typed under the key and not sent. */
export function draftOf<T extends object>(key: string): T | undefined {
  return drafts.get(key) as T | undefined;
}

/** Forgets what was typed under these keys. */
export function dropDrafts(keys: readonly string[]): void {
  for (const key of keys) drafts.delete(key);
  unsent.value = drafts.size;
}

addEventListener('beforeunload', (event) => {
  if (drafts.size) event.preventDefault();
});
