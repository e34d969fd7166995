/** The ledger of a score as a running sum. */
import type { Answer } from '../../api/index.ts';

export type LeadView = Answer<'/leads/{lead_id}'>;
export type Entry = LeadView['score']['entries'][number];

/** Returns the entries, oldest first and limits last, each with the sum up to it; points are in hundredths exact. */
export function running(entries: readonly Entry[]): { entry: Entry; sum: number }[] {
  const limits = entries.filter((entry) => entry.kind === 'limit');
  const earned = entries.filter((entry) => entry.kind !== 'limit').toSorted((one, other) => one.at.localeCompare(other.at));
  let sum = 0;
  return [...earned, ...limits].map((entry) => {
    sum += Math.round(entry.points * 100);
    return { entry, sum: sum / 100 };
  });
}

/** Returns how many of an entry's points have gone since they were given; 0 if none. */
export function faded(entry: Entry): number {
  return entry.kind === 'limit' ? 0 : Math.max(0, Math.round((entry.awarded - entry.points) * 100) / 100);
}
