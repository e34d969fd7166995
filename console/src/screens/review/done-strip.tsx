/** Says what the last verdict did, and takes one back to it where the domain takes another verdict. */
import { review as words } from '#texts/review.ts';
import { Button, Icon } from '../../parts/index.ts';
import { shortDate } from '../../format/index.ts';
import { agreedZone } from '../../session/zone.ts';
import type { Verdict } from './judging.ts';

export interface Done {
  leadId: string;
  name: string;
  verdict: Verdict;
  /** Who in sales has it, after a good fit. */
  owner?: string | undefined;
  /** Until when it is parked. */
  until?: string | undefined;
  /** Whether another verdict can replace it: not once sales has it. */
  canChange: boolean;
}

export function DoneStrip({ done, onChange, onDismiss }: { done: Done; onChange: () => void; onDismiss: () => void }) {
  return (
    <div class="review-done">
      <Icon name="check" size={18} />
      <p class="grow">{said(done)}{done.verdict === 'good_fit' && <span class="muted"> {words.done.final}</span>}</p>
      {done.canChange && <Button kind="quiet" keyName="z" onClick={onChange}>{words.done.change}</Button>}
      <button type="button" class="button quiet square" aria-label={words.done.dismiss} onClick={onDismiss}><Icon name="close" size={16} /></button>
    </div>
  );
}

function said({ name, verdict, owner, until }: Done): string {
  if (verdict === 'good_fit') return words.done.good_fit(name, owner ?? words.done.someone);
  if (verdict === 'bad_timing') return words.done.bad_timing(name, until ? shortDate(until, agreedZone.value ?? undefined) : '');
  return words.done[verdict](name);
}
