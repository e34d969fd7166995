import { handoffs as words } from '#texts/lead.ts';
import { list as listWords } from '#texts/parts.ts';
import { type Answer, usePages } from '../../api/index.ts';
import { Button, Due, Empty, Facts, FaultNote, Loading, Panel, Said, Tag, Time } from '../../parts/index.ts';
import { useCalm } from '../../shell/use-calm.ts';
import { asTyped } from './known.ts';
import type { LeadView } from './ledger.ts';

type Handoff = Answer<'/leads/{lead_id}/handoffs'>['handoffs'][number];
type Stint = Handoff['stints'][number];
type Clock = Handoff['clocks'][number];
const idOf = (each: Handoff) => each.handoff_id;

/** Each time that sales got the lead: why, how fast, who had it when, and why others did not get it. */
export default function Handoffs({ lead }: { lead: LeadView }) {
  const pages = usePages('/leads/{lead_id}/handoffs', { path: { lead_id: lead.lead_id }, query: {} }, (page) => page.handoffs, idOf);
  const { rows, fresh, show } = useCalm(pages.rows, idOf, lead.lead_id);
  return (
    <>
      <FaultNote fault={pages.fault} again={pages.again} stale={rows.length > 0} />
      {!pages.rows && !pages.fault && <Loading label={words.loading} lines={6} />}
      {pages.rows && !rows.length && !fresh && <Empty icon="people" title={words.empty.title}>{words.empty.detail}</Empty>}
      {!!fresh && <Button kind="quiet" onClick={show}>{listWords.fresh(fresh)}</Button>}
      {rows.map((each) => <One key={each.handoff_id} handoff={each} />)}
      {pages.more && <Button kind="quiet" pending={pages.loadingMore} onClick={() => void pages.more?.()}>{listWords.more}</Button>}
    </>
  );
}

function One({ handoff }: { handoff: Handoff }) {
  const { labels, contact, rating } = handoff;
  return (
    <Panel title={labels.trigger ?? handoff.trigger} actions={<Tag tone={handoff.state === 'won' ? 'done' : handoff.ended_at ? 'plain' : 'accent'}>{labels.state ?? handoff.state}</Tag>}>
      <p class="muted"><Time at={handoff.offered_at} /></p>
      <Lines title={words.because} lines={handoff.reasons} near={handoff.offered_at} />
      <Lines title={words.verdict} lines={handoff.verdict ?? []} near={handoff.offered_at} />
      <p>{words.step}: {handoff.next_step}</p>
      <Facts facts={[
        [words.score, handoff.score !== null && `${handoff.score}`],
        [words.team, labels.team ?? handoff.team],
        [words.territory, labels.territory ?? handoff.territory],
        [words.version, words.versionNumber(handoff.agreement_version)],
        [words.lot, typeof handoff.probability === 'number' && words.chance(handoff.probability)],
        [words.contacts, !!handoff.attempts && words.tried(handoff.attempts, handoff.unanswered ?? 0)],
        [words.contact, contact && <>{words.channels[contact.channel] ?? contact.channel}{contact.outcome && `, ${words.outcomes[contact.outcome] ?? contact.outcome}`}, <Time at={contact.at} /></>],
        [words.nextAt, contact?.next_at && <Time at={contact.next_at} />],
        [words.ended, handoff.ended_at && <><Time at={handoff.ended_at} />{handoff.ended_by && `, ${handoff.ended_by}`}</>],
        [words.amount, handoff.amount],
        [words.rating, rating && words.stars(rating.stars)],
      ].map(([name, value]) => [name, value || undefined]) as [string, string][]} />
      {([
        [words.said.note, contact?.note], [words.said.returned, labels.return_reason], [words.said.returnNote, handoff.return_note],
        [words.said.outcome, handoff.outcome_reason], [words.said.rating, rating?.note],
      ] as const).map(([name, said]) => said && <div key={name}><span class="small muted">{name}</span><blockquote class="pre small">{asTyped(said)}</blockquote></div>)}
      <Clocks handoff={handoff} />
      <h3>{words.holders}</h3>
      <ol class="lead-stints">{(handoff.stints as Stint[]).map((stint, at) => <Held key={at} stint={stint} ended={handoff.ended_at} />)}</ol>
      <Routing handoff={handoff} />
    </Panel>
  );
}

function Lines({ title, lines, near }: { title: string; lines: readonly string[]; near: string }) {
  if (!lines.length) return null;
  return <div><span class="small muted">{title}</span><ul class="lead-missing">{lines.map((line, at) => <li key={at}><Said text={line} near={near} /></li>)}</ul></div>;
}

function Clocks({ handoff }: { handoff: Handoff }) {
  if (!handoff.clocks.length) return null;
  return (
    <>
      <h3>{words.clocks}</h3>
      <ul class="lead-clocks">
        {(handoff.clocks as Clock[]).map((clock, at) => (
          <li key={at}>
            <span class="grow">{clock.label} {clock.within && <span class="small muted">{words.within(clock.within)}</span>}</span>
            {clock.stopped_at || handoff.ended_at
              ? <span class="small muted">{clock.stopped_at && <Time at={clock.stopped_at} />} <Tag tone={clock.breached ? 'late' : 'done'}>{clock.breached ? words.runs.missed : words.runs.met}</Tag></span>
              : <Due at={clock.due_at} lateAfter={clock.late_after} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Held({ stint, ended }: { stint: Stint; ended: string | null | undefined }) {
  const until = stint.until ?? ended;
  const did = [[words.notified, stint.notified_at], [words.accepted, stint.accepted_at], [words.contacted, stint.contacted_at]] as const;
  return (
    <li>
      <strong>{stint.owner ?? words.nobody}</strong>
      <span class="small muted"><Time at={stint.since} /> – {until ? <Time at={until} /> : words.until}{stint.returned_for && ` · ${words.returned}`}</span>
      <span class="small">{did.filter(([, at]) => at).map(([name, at], place) => <span key={name}>{place > 0 && ' · '}{name} <Time at={at as string} /></span>)}</span>
      {stint.clocks.map((run, at) => (
        <span key={at} class="small">{run.label} <Tag tone={run.result === 'met' ? 'done' : run.result === 'missed' ? 'late' : 'plain'}>{words.runs[run.result]}</Tag></span>
      ))}
    </li>
  );
}

function Routing({ handoff }: { handoff: Handoff }) {
  const { routing } = handoff;
  const chosen = routing.chosen ?? undefined;
  return (
    <>
      <h3>{words.routing}</h3>
      <p><Said text={chosen ? words.chosen(chosen, routing.why) : words.nobodyChosen(routing.why)} near={handoff.offered_at} /></p>
      {handoff.assigned_by && <p class="small">{words.byHand(handoff.assigned_by)}{handoff.assigned_because && <>: <Said text={handoff.assigned_because} near={handoff.offered_at} /></>}</p>}
      <Lines title="" lines={routing.warnings ?? []} near={handoff.offered_at} />
      {!!routing.skipped?.length && (
        <details>
          <summary>{words.skipped} ({routing.skipped.length})</summary>
          <dl class="lead-skipped">{routing.skipped.map((each) => <div key={each.rep}><dt>{each.rep}</dt><dd><Said text={each.why} near={handoff.offered_at} /></dd></div>)}</dl>
        </details>
      )}
    </>
  );
}
