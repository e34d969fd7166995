/** Points learned from what became of leads: asked for, looked at rule by rule, asked for again without some. */
import { useState } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { type Schema, useDo, useRead } from '../../../api/index.ts';
import { asSentence } from '../../../format/index.ts';
import { Button, Choice, FaultNote, Field, Head, Loading, Note, Panel, Progress, say, Time } from '../../../parts/index.ts';
import { fromHere } from '../../../shell/place.ts';
import { percent } from '../trial/figures.ts';
import { Rules } from './rules.tsx';

export type Proposal = Schema<'PointsProposal'>;
export type Figures = NonNullable<Proposal['figures']>;
type Mode = 're-point' | 'add';

/** What else was asked for; the API tells it as it was sent. */
interface Asked { leads_per_day: number; mode: string; seed: number; strike?: string[]; looks?: number; matures_after?: string | null; from: string; to: string }

const RUNNING = 2_000;

/** A form for a proposal that was not asked for yet. */
export function NewProposal() {
  const [perDay, setPerDay] = useState('10');
  const [lostAfter, setLostAfter] = useState('');
  const [mode, setMode] = useState<Mode>('re-point');
  const ask = useDo('post', '/agreement/proposals', ['/agreement/proposals']);
  const begin = async (event: Event) => {
    event.preventDefault();
    const here = fromHere();
    const begun = await ask.run({ body: { ...DEFAULTS, leads_per_day: Number(perDay), mode, ...(lostAfter && { matures_after: `${lostAfter}d` }) } });
    if (begun) here.go(`/agreement?proposal=${begun.proposal_id}`);
  };
  return (
    <>
      <Head title={words.proposal.title} about={words.proposal.about} />
      <form class="agreement-form stack" onSubmit={(event) => void begin(event)}>
        <Field label={words.proposal.perDay} hint={words.proposal.perDayHint} type="number" min="1" required value={perDay} onInput={setPerDay} fault={ask.of('leads_per_day')} />
        <Field label={words.proposal.lostAfter} hint={words.proposal.lostAfterHint} type="number" min="1" value={lostAfter} onInput={setLostAfter} fault={ask.of('matures_after')} />
        <Choice label={words.proposal.mode} value={mode} onChange={(value) => setMode(value as Mode)}
          options={[{ value: 're-point', ...words.proposal.modes.rePoint }, { value: 'add', ...words.proposal.modes.add }]} />
        {!ask.of('leads_per_day') && !ask.of('matures_after') && <FaultNote fault={ask.fault} />}
        <div class="row"><Button type="submit" kind="primary" pending={ask.pending}>{words.proposal.ask}</Button><span class="muted small">{words.proposal.harmless}</span></div>
      </form>
    </>
  );
}

const DEFAULTS = { seed: 1, allow: [], known: false, strike: [], looks: 1 };

/** A proposal that was asked for. */
export function StoredProposal({ id }: { id: string }) {
  const [pace, setPace] = useState(RUNNING);
  const read = useRead('/agreement/proposals/{proposal_id}', { path: { proposal_id: id } }, pace);
  const wanted = !read.data || read.data.state === 'running' ? RUNNING : Infinity;
  if (pace !== wanted) setPace(wanted);
  if (!read.data) return read.fault ? <FaultNote fault={read.fault} again={read.again} /> : <Loading label={words.loading} lines={6} />;
  return (
    <>
      <Head title={words.proposal.title} about={<About proposal={read.data} />} />
      <FaultNote fault={read.fault} again={read.again} stale />
      <Standing proposal={read.data} />
      {read.data.state === 'finished' && read.data.figures && <Result key={id} proposal={read.data} figures={read.data.figures} />}
    </>
  );
}

function About({ proposal: { asked, by, started_at: at, agreement_version: version } }: { proposal: Proposal }) {
  return (
    <>
      {words.proposal.asked(asked.leads_per_day, version)} <Time at={asked.from} as="day" /> {words.to} <Time at={asked.to} as="day" /> · {by}, <Time at={at} as="ago" />
    </>
  );
}

function Standing({ proposal }: { proposal: Proposal }) {
  switch (proposal.state) {
    case 'running': return <Progress label={words.proposal.running} done={proposal.leads_read} of={proposal.leads} />;
    case 'stalled': return <Note tone="soon" icon="warning">{words.proposal.stalled}</Note>;
    case 'refused': return <Note tone="soon" icon="warning"><strong>{words.proposal.refused}</strong><p>{proposal.why && asSentence(proposal.why)}</p></Note>;
    default: return null;
  }
}

function Result({ proposal, figures }: { proposal: Proposal; figures: Figures }) {
  const asked = proposal.asked as Asked;
  const [struck, setStruck] = useState<readonly string[]>(asked.strike ?? []);
  const ask = useDo('post', '/agreement/proposals', ['/agreement/proposals']);
  const draft = useDo('post', '/agreement/drafts', ['/agreement']);
  const isOther = [...struck].sort().join() !== [...(asked.strike ?? [])].sort().join();
  const seeAgain = async () => {
    const { leads_per_day, mode, seed, matures_after, from, to } = asked;
    const here = fromHere();
    const begun = await ask.run({ body: { ...DEFAULTS, leads_per_day, mode: mode as Mode, seed, matures_after: matures_after ?? null, from, to, strike: [...struck], looks: (asked.looks ?? 1) + 1 } });
    if (begun) here.go(`/agreement?proposal=${begun.proposal_id}`);
  };
  const makeDraft = async () => {
    const here = fromHere();
    const made = await draft.run({ body: { yaml: proposal.draft ?? '', note: words.proposal.note(asked.leads_per_day) } });
    if (!made) return;
    say(words.draft.saved(made.revision));
    here.go(`/agreement?draft=${made.draft_id}`);
  };
  return (
    <div class="stack">
      {figures.warnings.map((each) => <Note key={each} tone="soon" icon="warning">{asSentence(each)}</Note>)}
      <Order figures={figures} />
      <Rules figures={figures} struck={struck} onStrike={setStruck} />
      <FaultNote fault={ask.fault ?? draft.fault} />
      <div class="row">
        {isOther
          ? <Button kind="primary" pending={ask.pending} onClick={() => void seeAgain()}>{words.proposal.seeWithout(struck.length)}</Button>
          : proposal.draft
            ? <Button kind="primary" pending={draft.pending} onClick={() => void makeDraft()}>{words.proposal.makeDraft}</Button>
            : <Note>{words.proposal.nothing}</Note>}
      </div>
      {proposal.report && <details><summary>{words.proposal.report}</summary><pre class="agreement-report" tabIndex={0}>{proposal.report.join('\n')}</pre></details>}
    </div>
  );
}

function Order({ figures }: { figures: Figures }) {
  const { today, proposed, scale } = figures;
  const share = (value: number | null | undefined) => percent(value ?? null);
  const rows: [string, number | null, number | null | undefined][] = [
    [words.proposal.auc, today.auc, proposed?.auc], [words.proposal.top(5), today.won_in_top_5, proposed?.won_in_top_5],
    [words.proposal.top(10), today.won_in_top_10, proposed?.won_in_top_10], [words.proposal.top(20), today.won_in_top_20, proposed?.won_in_top_20],
  ];
  return (
    <Panel title={words.proposal.order}>
      <p class="muted">{words.proposal.learnedFrom(figures.learned_from, figures.leads, figures.won)}</p>
      <div class="table" tabIndex={0} role="region" aria-label={words.proposal.order}>
        <table>
          <thead><tr><th scope="col">{words.proposal.ofTheOrder}</th><th scope="col" class="number">{words.proposal.today}</th><th scope="col" class="number">{words.proposal.proposed}</th></tr></thead>
          <tbody>{rows.map(([name, now, then]) => <tr key={name}><th scope="row">{name}</th><td class="number">{share(now)}</td><td class="number">{share(then)}</td></tr>)}</tbody>
        </table>
      </div>
      {scale && <p>{words.proposal.scale(scale.threshold, scale.full_score, scale.base, scale.leads_per_day, scale.leads_per_day_today)}</p>}
    </Panel>
  );
}

