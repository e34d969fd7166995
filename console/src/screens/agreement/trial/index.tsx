/** What a draft would have done with the leads of a period: begun here, and read while it runs. */
import { useState } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { type Schema, useDo, useRead } from '../../../api/index.ts';
import { isoDay } from '../../../format/index.ts';
import { Bars, Button, FaultNote, Field, Loading, Note, Progress, say, Table, Time } from '../../../parts/index.ts';
import { useTeams } from '../../../session/teams.ts';
import { agreedZone } from '../../../session/zone.ts';
import { around, between, type Cell, distribution, type Load, percent, points, type TrialFigures } from './figures.ts';

type Trial = Schema<'Trial'>;
const RUNNING = 2_000;

export interface TrialProps {
  draftId: string;
  revision: number;
  unsaved: boolean;
  withdrawn: boolean;
  /** Saves what was typed, and tells whether it did; undefined if it cannot be saved. */
  onSave: (() => Promise<boolean>) | undefined;
}

export function TrialOf({ draftId, revision, unsaved, withdrawn, onSave }: TrialProps) {
  const path = { draft_id: draftId };
  const [pace, setPace] = useState(Infinity);
  const read = useRead('/agreement/drafts/{draft_id}/trial', { path }, pace);
  const trial = read.data;
  const wanted = trial?.state === 'running' ? RUNNING : Infinity;
  if (pace !== wanted) setPace(wanted);
  const none = read.fault?.kind === 'absent';
  if (!trial && !none) return read.fault ? <FaultNote fault={read.fault} again={read.again} /> : <Loading label={words.loading} />;
  return (
    <div class="stack">
      {trial && <FaultNote fault={read.fault} again={read.again} stale />}
      {trial && <Standing trial={trial} revision={revision} />}
      {!withdrawn && trial?.state !== 'running' && <Start draftId={draftId} trial={trial} unsaved={unsaved} onSave={unsaved ? onSave : undefined} />}
      {trial?.state === 'finished' && trial.result && <Figures figures={trial.result as unknown as TrialFigures} report={trial.words ?? []} />}
    </div>
  );
}

function Standing({ trial, revision }: { trial: Trial; revision: number }) {
  return (
    <>
      <p class="muted small">
        {words.trial.about(trial.revision, trial.against_version)} <Time at={trial.from} as="day" /> {words.to} <Time at={trial.to} as="day" />
        {' · '}{trial.by}, <Time at={trial.started_at} as="ago" />
      </p>
      {trial.state === 'running' && <Progress label={words.trial.running(trial.leads)} done={trial.parts_done} of={trial.parts} told={words.trial.partsOf(trial.parts_done, trial.parts)} />}
      {trial.state === 'stalled' && <Note tone="soon" icon="warning">{words.trial.stalled}</Note>}
      {(trial.changed_since || trial.revision !== revision) && <Note tone="soon" icon="warning">{words.trial.changed(trial.revision)}</Note>}
    </>
  );
}

function Start({ draftId, trial, unsaved, onSave }: Pick<TrialProps, 'draftId' | 'unsaved' | 'onSave'> & { trial: Trial | undefined }) {
  const [from, setFrom] = useState(() => trial ? isoDay(trial.from, agreedZone.value) : day(-182));
  const [to, setTo] = useState(() => trial ? isoDay(trial.to, agreedZone.value) : day(0));
  const start = useDo('post', '/agreement/drafts/{draft_id}/trial', [`/agreement/drafts/${draftId}/trial`]);
  const begin = async () => {
    if (await start.run({ path: { draft_id: draftId }, body: { from, to: to < day(0) ? to : lately() } })) say(words.trial.begun);
  };
  const saved = async () => {
    if (!onSave || await onSave()) await begin();
  };
  return (
    <form class="agreement-form" onSubmit={(event) => { event.preventDefault(); void saved(); }}>
      {!trial && <p>{words.trial.none}</p>}
      <div class="agreement-fields">
        <Field label={words.trial.from} type="date" required value={from} onInput={setFrom} fault={start.of('from')} />
        <Field label={words.trial.until} type="date" required max={day(0)} value={to} onInput={setTo} fault={start.of('to')} />
      </div>
      {!start.of('from') && !start.of('to') && <FaultNote fault={start.fault} />}
      {unsaved && !onSave && <Note tone="soon" icon="warning">{words.trial.unsaved}</Note>}
      <div class="row">
        <Button type="submit" pending={start.pending} kind={trial && !onSave ? 'plain' : 'primary'}>{onSave ? words.trial.saveAndStart : trial ? words.trial.again : words.trial.start}</Button>
        {onSave && <Button kind="quiet" onClick={() => void begin()}>{words.trial.startSaved}</Button>}
        <span class="muted small">{words.trial.harmless}</span>
      </div>
    </form>
  );
}

function Figures({ figures, report }: { figures: TrialFigures; report: readonly string[] }) {
  const { teams } = useTeams();
  if (!figures.balance.leads) return <Note>{words.trial.noLeads}</Note>;
  const cell = (name: Cell['name']) => figures.cells.find((each) => each.name === name);
  const bars = distribution(figures.bars);
  return (
    <>
      <dl class="agreement-counts">
        <Count name={words.trial.newly} tone="accent" cell={cell('only_draft')} />
        <Count name={words.trial.noLonger} tone="late" cell={cell('only_today')} />
        <Count name={words.trial.both} tone="plain" cell={cell('both')} />
        <Count name={words.trial.neither} tone="plain" cell={cell('neither')} />
      </dl>
      <p>{difference(figures)}</p>
      <Table caption={words.trial.becameOf} rows={figures.cells.filter((each) => each.leads > 0)} idOf={(each) => each.name} columns={[
        { name: words.trial.handedOver, cell: (each) => words.trial.cells[each.name] },
        { name: words.trial.columns.leads, number: true, cell: (each) => count(each.leads) },
        { name: words.trial.columns.won, number: true, cell: (each) => count(each.won) },
        { name: words.trial.columns.lost, number: true, cell: (each) => count(each.lost) },
        { name: words.trial.columns.returned, number: true, cell: (each) => count(sum(each.returned)) },
        { name: words.trial.columns.open, number: true, cell: (each) => count(each.open) },
        { name: words.trial.columns.unknown, number: true, cell: (each) => count(each.unknown) },
      ]} />
      <Table caption={words.trial.load} rows={figures.load} idOf={(each) => each.team + each.agreement} columns={[
        { name: words.trial.columns.team, cell: (each) => <>{teams.find((known) => known.team === each.team)?.label ?? each.team}<br /><span class="muted small">{words.trial.agreements[each.agreement]}</span></> },
        { name: words.trial.columns.aDay, number: true, cell: (each) => number(each.median) },
        { name: words.trial.columns.busy, number: true, cell: (each) => number(each.most) },
        { name: words.trial.columns.perRep, number: true, cell: perRep },
        { name: words.trial.columns.full, number: true, cell: (each) => (each.full_after === null ? '–' : words.trial.days(each.full_after)) },
      ]} />
      {figures.load.some((each) => each.full_after !== null) && <p class="muted small">{words.trial.fullMeans}</p>}
      <Bars title={words.trial.distribution(figures.threshold)} bars={bars.map((bar) => ({
        label: words.trial.bar(bar.least, bar.below), value: bar.counted.of, words: words.trial.barWords(bar.counted.of, bar.counted.won),
        tone: reaches(bar.least, figures.threshold) ? 'accent' : 'plain',
      }))} />
      <Ladder figures={figures} />
      {report.length > 0 && <details><summary>{words.trial.report}</summary><div class="stack agreement-report">{report.map((line, index) => <p key={index}>{line}</p>)}</div></details>}
    </>
  );
}

function Count({ name, cell, tone }: { name: string; cell: Cell | undefined; tone: string }) {
  return (
    <div class={`agreement-number ${tone}`}>
      <dt>{name}</dt>
      <dd><strong>{count(cell?.leads ?? 0)}</strong>{' '}<small class="muted">{cell?.counted.of ? words.trial.wonOf(percent(cell.counted.share), cell.counted.of, between(cell.within, words.to)) : words.trial.noOutcome}</small></dd>
    </div>
  );
}

function Ladder({ figures }: { figures: TrialFigures }) {
  const [whole, setWhole] = useState(false);
  const steps = whole ? figures.ladder : around(figures.ladder, figures.threshold);
  return (
    <div>
      <Table caption={words.trial.ladder} rows={steps} idOf={(each) => String(each.threshold)} columns={[
        { name: words.trial.columns.threshold, number: true, cell: (each) => (each.threshold === figures.threshold ? <strong>{words.trial.own(each.threshold)}</strong> : each.threshold) },
        { name: words.trial.columns.leads, number: true, cell: (each) => count(each.leads) },
        { name: words.trial.columns.aDay, number: true, cell: (each) => (each.a_day === null ? '–' : number(each.a_day)) },
        { name: words.trial.columns.share, number: true, cell: (each) => <>{percent(each.counted.share)}<small class="muted agreement-below">{between(each.within, words.to)}</small></> },
        { name: words.trial.columns.missed, number: true, cell: (each) => count(each.missed) },
      ]} />
      {steps.length < figures.ladder.length || whole ? <Button kind="quiet" expanded={whole} onClick={() => setWhole(!whole)}>{whole ? words.trial.fewerSteps : words.trial.allSteps}</Button> : null}
    </div>
  );
}

function perRep(load: Load): string {
  return load.per_rep === null || load.reps === null ? '–' : words.trial.perRep(number(load.per_rep), load.reps);
}

function difference({ difference: { difference: found, within } }: TrialFigures): string {
  if (found === null || within === null) return words.trial.notCompared;
  return words.trial.compared(points(found), points(within[0]), points(within[1]), within[0] <= 0 && within[1] >= 0);
}

function reaches(least: number | null, threshold: number): boolean {
  return least !== null && least >= threshold;
}

const count = (value: number) => value.toLocaleString('en-GB');
const number = (value: number) => value.toLocaleString('en-GB', { maximumFractionDigits: 1 });
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, each) => all + each, 0);
/** Returns a moment that has passed by the API's clock, too, for all that is known today. */
const lately = () => new Date(Date.now() - 2_000).toISOString();
const day = (days: number) => isoDay(Date.now() + days * 86_400_000, agreedZone.value);
