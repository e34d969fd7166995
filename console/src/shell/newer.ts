/** Notices a deployment under an open tab: an old chunk is gone, and the page is loaded anew, once. */
import { signal } from '@preact/signals';
import { unsent } from './drafts.ts';

const TRIED = 'baton-loaded-anew';
const RECENTLY = 60_000;

/** Whether a newer console waits for what was typed to be sent. */
export const newer = signal(false);

addEventListener('vite:preloadError', (event) => {
  const before = Number(sessionStorage.getItem(TRIED) ?? 0);
  if (Date.now() - before < RECENTLY) return;
  event.preventDefault();
  if (unsent.value) {
    newer.value = true;
    return;
  }
  sessionStorage.setItem(TRIED, String(Date.now()));
  location.reload();
});
