/** What became of a lead that marketing owes nothing now; what was chosen here and not sent stays beside it. */
import { review as words } from '#texts/review.ts';
import type { Schema } from '../../api/index.ts';
import { Button, Note, Time } from '../../parts/index.ts';
import { person } from '../../session/session.ts';
import type { Judgement } from './judging.ts';

type Lead = Schema<'Lead'>;

/** Tells whether marketing may give a verdict: not while sales has the lead, nor once it is closed or spam. */
export function mayBeReviewed({ status }: { status?: Lead['status'] }): boolean {
  return !['with_sales', 'won', 'lost', 'spam'].includes(status ?? '');
}

interface LastVerdictProps {
  lead: Lead;
  judged: Judgement | undefined;
  onForget: () => void;
  onNext: (() => void) | undefined;
}

export function LastVerdict({ lead, judged, onForget, onNext }: LastVerdictProps) {
  const last = lead.review?.last;
  const own = last?.by === person.value.email;
  const may = mayBeReviewed(lead);
  return (
    <Note tone={own ? 'plain' : 'soon'} icon="flag">
      {last && (
        <p>
          <strong>{words.over.title(own ? words.over.you : last.by, words.verdict.names[last.verdict])}</strong> · <Time at={last.at} as="ago" />
          {last.reason && <> · {words.over.reason(last.reason)}</>}
        </p>
      )}
      <p>{may ? (last ? words.over.again : words.over.none) : lead.status === 'with_sales' ? words.over.withSales : words.over.closed}</p>
      {judged && (
        <p>
          {words.over.yours} <strong>{words.over.kept(judged.verdict ? words.verdict.names[judged.verdict] : '', Object.keys(judged.answers).length)}</strong>
          {judged.reason && <> · {words.over.reason(judged.reason)}</>}
        </p>
      )}
      <div class="row">
        {onNext && <Button onClick={onNext}>{words.over.next}</Button>}
        {judged && <Button kind="quiet" onClick={onForget}>{words.over.forget}</Button>}
      </div>
    </Note>
  );
}
