/** The version in force in words, who signed it and when, how far leads are scored under it, and the open drafts. */
import { useState } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { type Schema, useRead } from '../../../api/index.ts';
import { now } from '../../../format/clock.ts';
import { FaultNote, Head, LinkButton, Loading, Note, Panel, Progress, Tag, Time } from '../../../parts/index.ts';
import { href } from '../../../shell/place.ts';
import { type Rescoring, scoredOf } from './scored.ts';
import { Terms } from './terms.tsx';

const RUNNING = 3_000;
const USUAL = 30_000;
/** So long after a version came into force its re-scoring is about to begin. */
const FIRST = 120_000;

export function InForce() {
  const [pace, setPace] = useState(USUAL);
  const read = useRead('/agreement', { query: { format: 'json' } }, pace);
  const rescoring = read.data?.rescoring;
  const isNew = !!read.data?.in_force_since && !rescoring && now.value - Date.parse(read.data.in_force_since) < FIRST;
  const wanted = isNew || rescoring?.state === 'running' ? RUNNING : USUAL;
  if (pace !== wanted) setPace(wanted);
  if (!read.data) return read.fault ? <FaultNote fault={read.fault} again={read.again} /> : <Loading label={words.loading} lines={8} />;
  const { version, in_force_since: since, origin, signatures, next, terms, drafts } = read.data;
  return (
    <>
      <Head title={terms?.title ?? words.inForce.title} actions={<LinkButton kind="primary" icon="document" href={href('/agreement?draft=new')}>{words.inForce.newDraft}</LinkButton>}
        about={<>{words.versions.named(String(version))}{since && <>, {words.inForce.since} <Time at={since} as="day" /></>} · <a href={href(`/agreement?version=${version}`)}>{words.versions.text}</a></>} />
      <FaultNote fault={read.fault} again={read.again} stale />
      <p class="row agreement-signers">
        {signatures.length === 0
          ? <Note tone="soon">{words.versions.origin(origin)}</Note>
          : signatures.map((each) => <Tag key={each.group} tone="done">{words.sign.signedBy(words.groups[each.group], each.by)}, <Time at={each.at} as="date" /></Tag>)}
      </p>
      {next && <Note tone="soon" icon="clock">{words.inForce.next(next.version)} <Time at={next.in_force_from} as="day" /> · <a href={href(`/agreement?see=versions&from=${version}&to=${next.version}`)}>{words.versions.what}</a></Note>}
      {rescoring && <Scoring rescoring={rescoring} />}
      {drafts && <Drafts {...drafts} />}
      {terms && <Terms terms={terms} />}
    </>
  );
}

function Scoring({ rescoring }: { rescoring: Rescoring }) {
  const { leads_seen: seen, leads_changed: changed, handed_over: over } = rescoring;
  if (rescoring.state === 'running') return <Progress label={words.inForce.rescoring(changed, over)} {...scoredOf(rescoring)} />;
  return (
    <>
      {rescoring.state === 'finished' && <p class="muted small">{words.inForce.rescored(seen, changed, over)} {rescoring.finished_at && <Time at={rescoring.finished_at} as="ago" />}</p>}
      {rescoring.state === 'failed' && <Note tone="late" icon="warning">{words.inForce.rescoringFailed}</Note>}
      {rescoring.leads_failed > 0 && <Note tone="soon" icon="warning">{words.inForce.notRescored(rescoring.leads_failed)}</Note>}
    </>
  );
}

function Drafts({ drafts, cursor }: Schema<'Drafts'>) {
  return (
    <Panel title={words.inForce.drafts(drafts.length)}>
      {drafts.length === 0 && <p class="muted">{words.inForce.noDrafts}</p>}
      <ul class="agreement-versions">{drafts.map((draft) => <DraftRow key={draft.draft_id} draft={draft} />)}</ul>
      {cursor && <p class="muted small">{words.inForce.moreDrafts}</p>}
    </Panel>
  );
}

function DraftRow({ draft }: { draft: Schema<'DraftSummary'> }) {
  const missing = (['marketing', 'sales'] as const).filter((side) => !draft.signatures.some((each) => each.group === side));
  return (
    <li>
      <div class="grow">
        <a class="agreement-row-link" href={href(`/agreement?draft=${draft.draft_id}`)}>{draft.note || words.draft.title(draft.revision)}</a>
        <p class="muted small">{words.draft.by(draft.changed_by)} <Time at={draft.changed_at} as="ago" /> · {words.inForce.revision(draft.revision)}</p>
      </div>
      <span class="row">
        {draft.signatures.map((each) => <Tag key={each.group} tone="done">{words.sign.signedBy(words.groups[each.group], each.by)}</Tag>)}
        {draft.signatures.length > 0 && missing.map((each) => <Tag key={each} tone="soon">{words.sign.missing(words.groups[each])}</Tag>)}
      </span>
    </li>
  );
}
