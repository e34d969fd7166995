/** What a rep types about budget, authority, need and timeline, as the API takes it. */
export const NEEDS = ['budget', 'authority', 'need', 'timeline'] as const;
export type Need = (typeof NEEDS)[number];

/** `met` is `yes`, `no` or empty; `words` is the answer itself. */
export type Answers = Partial<Record<Need, { met: string; words: string }>>;

/** Returns the answers that say anything; one in words alone is judged by the agreement. */
export function learned(answers: Answers): Partial<Record<Need, { value: string | boolean; met?: boolean }>> {
  const said: Partial<Record<Need, { value: string | boolean; met?: boolean }>> = {};
  for (const need of NEEDS) {
    const { met = '', words = '' } = answers[need] ?? {};
    const value = words.trim() || (met && met === 'yes');
    if (value === '') continue;
    said[need] = { value, ...(met && { met: met === 'yes' }) };
  }
  return said;
}
