import { facts as factWords, lead as leadWords, why as words } from '#texts/lead.ts';
import { Due, Empty, Facts, Note, Panel, Said, Tag, Time } from '../../parts/index.ts';
import { capital, inWords, ruleWords } from '../../format/index.ts';
import { asTyped } from './known.ts';
import { type Entry, faded, type LeadView, running } from './ledger.ts';

/** Why a lead stands where it stands: every point, what is missing, and what the agreement makes of it. */
export function Why({ lead, past }: { lead: LeadView; past: boolean }) {
  return (
    <>
      <Asked lead={lead} />
      <Score lead={lead} />
      <Definitions lead={lead} />
      <Standing lead={lead} past={past} />
      <Review lead={lead} past={past} />
    </>
  );
}

function Asked({ lead }: { lead: LeadView }) {
  const asked = lead.request;
  if (!asked) return null;
  const first = asked.first?.message;
  return (
    <Note icon="mail">
      <p class="small muted">{leadWords.asked} {leadWords.askedBy(asked.form)}, <Time at={asked.at} /></p>
      <p class="pre">{asTyped(asked.message || leadWords.nothingWritten)}</p>
      {(asked.times ?? 1) > 1 && <p class="small muted">{leadWords.askedTimes(asked.times ?? 1)}</p>}
      {first && first !== asked.message && <details><summary>{leadWords.askedFirst}</summary><p class="pre">{asTyped(first)}</p></details>}
    </Note>
  );
}

function Score({ lead }: { lead: LeadView }) {
  const { score } = lead;
  const short = lead.qualification.score.missing;
  const lines = running(score.entries);
  const most = Math.max(score.out_of, ...lines.map((line) => line.sum), 1);
  return (
    <Panel title={words.score} actions={<strong class="lead-total">{words.total(score.total, score.out_of)}</strong>}>
      <p class="muted">{words.parts(score.fit, score.engagement)}. {score.threshold !== null && words.threshold(score.threshold)}</p>
      {score.threshold !== null && score.total >= score.threshold && short && <p>{words.notYet} <Said text={short} />.</p>}
      {lines.length > 0 && <p class="lead-columns small muted" aria-hidden="true"><span>{words.points}</span><span>{words.sum}</span></p>}
      {lines.length ? (
        <ol class="lead-ledger" aria-label={words.ledger}>
          {lines.map(({ entry, sum }, at) => (
            <li key={at}>
              <div>
                <span>{entry.kind === 'limit' ? words.limit : capital(entry.what ?? inWords(entry.rule))}</span>
                <span class="small muted">{[ruleLine(entry), entry.note].filter(Boolean).join(' · ')}</span>
                {entry.kind !== 'limit' && <span class="small muted"><Time at={entry.at} /></span>}
              </div>
              <span class="lead-points"><span class="sr">{words.points} </span>{signed(entry.points)}{faded(entry) > 0 && <span class="small muted">{words.of(entry.awarded)}</span>}</span>
              <span class="lead-sum"><span class="sr">{words.sum} </span>{sum}
                <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="100" height="4" /><rect width={Math.max(0, (100 * sum) / most)} height="4" /></svg>
              </span>
            </li>
          ))}
        </ol>
      ) : <Empty icon="chart" title={words.noPoints.title}>{words.noPoints.detail}</Empty>}
    </Panel>
  );
}

function Definitions({ lead }: { lead: LeadView }) {
  const { mql, sql, score } = lead.qualification;
  const all = [
    { name: words.mql, met: mql.met, definition: mql.definition, missing: mql.missing },
    { name: words.sql, met: sql.met, definition: sql.definition, missing: sql.missing },
    { name: words.threshold_, met: score.met, definition: null, missing: score.missing ? [score.missing] : [] },
  ];
  return (
    <Panel title={words.definitions}>
      <ul class="lead-definitions">
        {all.map((each) => (
          <li key={each.name}>
            <div class="row"><h3 class="grow">{each.name}</h3><Tag tone={each.met ? 'done' : 'plain'}>{each.met ? words.met : words.notMet}</Tag></div>
            {!each.met && <ul class="lead-missing">{each.missing.map((lack, at) => <li key={at}><Said text={lack} /></li>)}</ul>}
            {each.definition && <p class="small muted">{words.asAgreed(ruleWords(each.definition))}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Standing({ lead, past }: { lead: LeadView; past: boolean }) {
  const { persona, funnel } = lead;
  const missing = (persona?.missing ?? []).map((fact) => factWords.names[fact] ?? fact.replaceAll('_', ' ')).join(', ');
  return (
    <Panel>
      <Facts facts={[
        [leadWords.lastHeard, lead.last_inbound_at && <Time at={lead.last_inbound_at} as={past ? 'moment' : 'ago'} />],
        [leadWords.account, lead.account?.domain],
        [words.persona, persona ? <>{words.match(persona.label, persona.match)}
          {!persona.counts && <span class="small muted"> {words.notCounted}</span>}{missing && <span class="small muted"> {words.missingFacts(missing)}</span>}</> : words.noPersona],
        [words.funnel, funnel.stage ? (words.stages[funnel.stage] ?? funnel.stage) : words.noFunnel],
        [words.shifted, funnel.shifted_at && <Time at={funnel.shifted_at} as="date" />],
        [words.content, funnel.next_content?.title],
      ]} />
    </Panel>
  );
}

function Review({ lead, past }: { lead: LeadView; past: boolean }) {
  const review = lead.review;
  if (!review) return null;
  const { checklist = [], last, why, due_at: due } = review;
  return (
    <Panel title={words.review} actions={due && (past ? <span class="muted">{leadWords.by} <Time at={due} /></span> : <Due at={due} />)}>
      <Facts facts={[[words.reviewWhy, why && <Said text={why} />], [words.lastVerdict, last && <>{words.verdictBy(lead.labels.verdict ?? last.verdict, last.by)}, <Time at={last.at} /></>]]} />
      {last?.reason && <p>{last.reason}</p>}
      {checklist.length > 0 && (
        <ul class="lead-checklist">
          {checklist.map((each) => (
            <li key={each.id}>
              <span>{each.question} {each.because && <span class="small muted">{(typeof each.answer === 'boolean' ? words.because : words.known)(each.because)}</span>}</span>
              <Tag tone={each.answer ? 'done' : each.answer === false ? 'late' : 'plain'}>{each.answer ? words.answers.yes : each.answer === false ? words.answers.no : words.answers.open}</Tag>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** What a rule asks, after its name where the line has the deed as its head. */
function ruleLine({ rule, what, rule_in_words: asked }: Entry): string {
  const said = asked ? ruleWords(asked) : '';
  return what && said ? `${inWords(rule)}: ${said}` : said;
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points).replace('-', '−');
}
