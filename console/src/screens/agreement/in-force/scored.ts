/** How far all leads are scored under a version. */
import { agreement as words } from '#texts/agreement.ts';
import type { Schema } from '../../../api/index.ts';

export type Rescoring = NonNullable<Schema<'Agreement'>['rescoring']>;

/** Tells how many leads are scored of how many; one that has come since is one more. A job of an older Baton knows its queues alone. */
export function scoredOf({ leads, leads_seen: seen, queues, queues_done: done }: Pick<Rescoring, 'leads' | 'leads_seen' | 'queues' | 'queues_done'>): { done: number; of: number; told: string } {
  if (leads === undefined) return { done, of: queues, told: words.inForce.queuesOf(done, queues) };
  const of = Math.max(leads, seen);
  return { done: seen, of, told: words.inForce.leadsOf(seen, of) };
}
