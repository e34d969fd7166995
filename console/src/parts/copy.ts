import { say } from './toast.tsx';

/** Copies a text and says so, or that the browser does not let it: without a clipboard, or without the permission. */
export async function copyText(text: string, words: { copied: string; notCopied: string }): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(words.copied);
  } catch {
    say(words.notCopied);
  }
}
