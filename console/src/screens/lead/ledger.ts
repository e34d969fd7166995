/** The ledger of a score as a running sum, and the moments at which something about a lead changed. */
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

/** Returns the moments, in milliseconds and in order, at which something about the lead changed, as far as it tells. */
export function turns(lead: LeadView): number[] {
  const moments = [
    lead.created_at, lead.status_since, lead.updated_at, lead.decided_at, lead.unsubscribed_at, lead.handoff?.offered_at, lead.handoff?.ended_at,
    ...lead.score.entries.filter((entry) => entry.kind !== 'limit').map((entry) => entry.at),
    ...(lead.recent ?? []).map((activity) => activity.at),
    ...Object.values(lead.said_by).map((said) => said.at),
    ...(lead.handoff?.stints ?? []).flatMap((stint) => [stint.since, stint.accepted_at, stint.contacted_at]),
  ];
  return [...new Set(moments.flatMap((moment) => (moment ? [Date.parse(moment)] : [])))].sort((one, other) => one - other);
}
