/** Tells whether a text still has to be tried. */

/** A text that shall be tried; `meaning` is its fingerprint, as the check tells it, once that is known. */
export interface Wanted { text: string; meaning: string | undefined }

/** Tells whether an answer is of a text that says the same: another comment asks for no other trial. */
export function answers(found: { text: string; answer: { meaning: string } } | undefined, wanted: Wanted): boolean {
  return !!found && (found.text === wanted.text || found.answer.meaning === wanted.meaning);
}
