/** One lead in review: why, what is known, the checklist, and the verdict. */
import { useRef, useState } from 'preact/hooks';
import { review as words } from '#texts/review.ts';
import { type Schema, useDo, useRead } from '../../api/index.ts';
import { FaultNote, Loading, Note } from '../../parts/index.ts';
import { personName } from '../../format/index.ts';
import { person } from '../../session/session.ts';
import { useDraft } from '../../shell/drafts.ts';
import { useKeys } from '../../shell/keys.ts';
import { Checklist, questionNode } from './checklist.tsx';
import type { Done } from './done-strip.tsx';
import { answered, type Answers, isBegun, type Judgement, lacking, nextQuestion, NOTHING, type Question, submission, type Verdict, VERDICTS } from './judging.ts';
import { LeadFacts } from './lead-facts.tsx';
import { LeadHead } from './lead-head.tsx';
import { LastVerdict, mayBeReviewed } from './last-verdict.tsx';
import { VerdictForm } from './verdict-form.tsx';

type Lead = Schema<'Lead'>;

interface LeadPaneProps {
  id: string;
  onGiven: (done: Done) => void;
  onNext: (() => void) | undefined;
}

export function LeadPane({ id, onGiven, onNext }: LeadPaneProps) {
  const read = useRead('/leads/{lead_id}', { path: { lead_id: id } }, 15_000);
  if (!read.data) {
    return read.fault ? <FaultNote fault={read.fault} again={read.again} pending={read.loading} /> : <Loading label={words.loadingLead} lines={8} />;
  }
  return (
    <article class="review-lead">
      <FaultNote fault={read.fault} again={read.again} stale />
      <Judged lead={read.data} again={read.again} onGiven={onGiven} onNext={onNext} />
    </article>
  );
}

function Judged({ lead, again, onGiven, onNext }: { lead: Lead; again: () => void; onGiven: (done: Done) => void; onNext: (() => void) | undefined }) {
  const [judged, keep, forget] = useDraft<Judgement>(`review:${lead.lead_id}`, NOTHING);
  const change = (some: Partial<Judgement>) => (isBegun({ ...judged, ...some }) ? keep(some) : forget());
  const give = useDo('post', '/leads/{lead_id}/review', []);
  const [local, setLocal] = useState<string | undefined>();
  const { review } = lead;
  const checklist: Question[] = review?.checklist ?? [];
  const isOwed = !!review?.due_at;
  const answers: Answers = { ...(isOwed ? {} : review?.last?.answers), ...judged.answers };
  const [current, setCurrent] = useState(() => nextQuestion(checklist, answers));
  const missing = lacking(checklist, answers);
  const strict = judged.verdict === 'good_fit' && missing.length > 0;
  const may = mayBeReviewed(lead);

  const asking = useRef(0);
  const ask = (question: string | undefined) => {
    setCurrent(question);
    if (question) asking.current = requestAnimationFrame(() => document.getElementById(questionNode(question))?.focus());
  };
  const answer = (question: string, said: boolean | null, byKey = false) => {
    if (give.pending) return;
    const next = answered(judged.answers, question, said);
    change({ answers: next });
    const open = nextQuestion(checklist, { ...answers, ...next }, question);
    if (byKey) ask(open);
    else setCurrent(open);
  };
  const choose = (verdict: Verdict) => {
    if (give.pending) return;
    cancelAnimationFrame(asking.current);
    setLocal(undefined);
    give.clear();
    const day = verdict === 'bad_timing' && !judged.day ? (review?.bad_timing_until ?? '') : judged.day;
    change({ verdict, day });
    if (verdict === 'good_fit' && missing[0]) ask(missing[0].id);
  };
  useKeys(may ? [
    ...VERDICTS.map((verdict, index) => ({ key: String(index + 1), words: words.verdict.keys.choose(words.verdict.names[verdict]), run: () => choose(verdict) })),
    { key: 'y', words: words.verdict.keys.yes, run: () => { if (current) answer(current, true, true); } },
    { key: 'n', words: words.verdict.keys.no, run: () => { if (current) answer(current, false, true); } },
  ] : []);

  const send = async () => {
    if (judged.verdict === 'bad_fit' && !judged.reason.trim()) return setLocal(words.verdict.reasonNeeded);
    setLocal(undefined);
    const verdict = judged.verdict as Verdict;
    const after = await give.run({ path: { lead_id: lead.lead_id }, body: submission({ ...judged, answers }, checklist) });
    if (!after) return again();
    forget();
    return onGiven({
      leadId: lead.lead_id, name: personName(lead), verdict, canChange: mayBeReviewed(after),
      owner: after.handoff?.owner ?? undefined, until: after.review_on ?? undefined,
    });
  };
  const claim = review?.claim;
  return (
    <>
      <LeadHead lead={lead} />
      {!isOwed && <LastVerdict lead={lead} judged={isBegun(judged) ? judged : undefined} onForget={forget} onNext={onNext} />}
      <LeadFacts lead={lead} />
      {may && (
        <>
          <Checklist checklist={checklist} answers={answers} current={current} strict={strict} faults={give.fault?.fields ?? {}} onAnswer={answer} />
          <section class="review-bar">
            <FaultNote fault={give.fault} again={() => void send()} pending={give.pending} />
            {judged.verdict && claim && claim.by !== person.value.email && <Note tone="soon" icon="people">{words.verdict.also(claim.by)}</Note>}
            <VerdictForm judged={judged} usualDay={review?.bad_timing_until} pending={give.pending} blocked={strict} onGive={() => void send()}
              onChange={(some) => { if (some.verdict) choose(some.verdict); else change(some); }}
              label={judged.verdict ? words.verdict.give[judged.verdict] : ''}
              faultOf={(field) => give.of(field) ?? (field === 'reason' ? local : undefined)}>
              {strict && <p class="fault-word">{words.verdict.lacking(missing.length)}</p>}
            </VerdictForm>
          </section>
        </>
      )}
    </>
  );
}
