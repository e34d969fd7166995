/** Tells whether a text still has to be tried, and remembers what was told of texts a moment ago. */

/** A text that shall be tried; `meaning` is its fingerprint, as the check tells it, once that is known. */
export interface Wanted { text: string; meaning: string | undefined }

/** Tells whether an answer is of a text that says the same: another comment asks for no other trial. */
export function answers(found: { text: string; answer: { meaning: string } } | undefined, wanted: Wanted): boolean {
  return !!found && (found.text === wanted.text || found.answer.meaning === wanted.meaning);
}

interface Answered<A extends { meaning: string }> { text: string; answer: A }

const KEPT = 12;
const FRESH = 60_000;

/** What was answered of the last texts, for a minute: nobody asks again who looks at another tab, or takes a change back. */
export class Remembered<A extends { meaning: string }> {
  private kept: (Answered<A> & { at: number })[] = [];

  keep(text: string, answer: A, now: number): void {
    this.kept = [{ text, answer, at: now }, ...this.kept.filter((each) => each.text !== text)].slice(0, KEPT);
  }

  of(wanted: Wanted, now: number): Answered<A> | undefined {
    return this.kept.find((each) => now - each.at < FRESH && answers(each, wanted));
  }
}
