/** Who the lead is, why marketing owes it a word and by when, and who is on it. */
import { review as words } from '#texts/review.ts';
import { type Schema, useDo } from '../../api/index.ts';
import { Button, Due, FaultNote, LinkButton, Note, Said, Tag } from '../../parts/index.ts';
import { companyName, personName, shortMoment } from '../../format/index.ts';
import { person } from '../../session/session.ts';
import { useKeys } from '../../shell/keys.ts';
import { href } from '../../shell/place.ts';

type Lead = Schema<'Lead'>;

export function LeadHead({ lead }: { lead: Lead }) {
  const { review } = lead;
  return (
    <>
      <header class="head">
        <div class="grow">
          <h2>{personName(lead)}</h2>
          <p>{words.at(lead.profile.title ?? '', companyName(lead))}</p>
        </div>
        <LinkButton kind="quiet" href={href(`/leads/${lead.lead_id}`)}>{words.head.wholeLead}</LinkButton>
      </header>
      {review?.due_at && (
        <div class="review-tags">
          <Due at={review.due_at} />
          <Tag tone={review.kind === 'return' ? 'soon' : 'accent'}>{review.returned ? words.why.returnedFor(review.returned.label ?? '') : <Said text={sentence(review.why ?? '')} />}</Tag>
          {!review.claim && <Claim lead={lead} />}
        </div>
      )}
      {review?.claim && <Claim lead={lead} />}
      {review?.returned && (
        <blockquote class="review-words">
          <p class="muted small">{words.words.returned(review.returned.by ?? words.words.sales)}</p>
          <p class="pre">{review.returned.note || <span class="muted">{words.words.noNote}</span>}</p>
        </blockquote>
      )}
      {lead.request?.message && (
        <blockquote class="review-words">
          <p class="muted small">{words.words.asked(lead.request.form)}</p>
          <p class="pre">{lead.request.message}</p>
        </blockquote>
      )}
    </>
  );
}

function Claim({ lead }: { lead: Lead }) {
  const take = useDo('post', '/leads/{lead_id}/review/claim', ['/leads']);
  const claim = lead.review?.claim;
  const own = claim?.by === person.value.email;
  const run = () => void take.run({ path: { lead_id: lead.lead_id }, body: claim && !own ? { take_over: true } : {} });
  useKeys(own ? [] : [{ key: 'c', words: words.verdict.keys.claim, run }]);
  return (
    <>
      <FaultNote fault={take.fault} again={run} />
      {claim && own && <Note icon="person">{words.head.claimedByYou(shortMoment(claim.until))}</Note>}
      {claim && !own && (
        <Note tone="soon" icon="people">
          <p>{words.head.claimedBy(claim.by, shortMoment(claim.at))}</p>
          <Button pending={take.pending} keyName="c" onClick={run}>{words.head.takeOver}</Button>
        </Note>
      )}
      {!claim && <Button pending={take.pending} keyName="c" onClick={run}>{words.head.claim}</Button>}
    </>
  );
}

function sentence(said: string): string {
  return said.slice(0, 1).toUpperCase() + said.slice(1);
}
