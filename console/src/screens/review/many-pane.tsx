/** One verdict for several leads: each stands for itself, and says what became of it. */
import { useState } from 'preact/hooks';
import { review as words } from '#texts/review.ts';
import { type Answer, useDo } from '../../api/index.ts';
import { FaultNote, Panel, Table, Tag } from '../../parts/index.ts';
import { personName } from '../../format/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import { useKeys } from '../../shell/keys.ts';
import { isBegun, type Judgement, NOTHING, submission, VERDICTS } from './judging.ts';
import type { Queue } from './queue.ts';
import { VerdictForm } from './verdict-form.tsx';

type Results = Answer<'/reviews', 'post'>['results'];

const MOST = 50;

interface ManyPaneProps {
  queue: Queue;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

export function ManyPane({ queue, chosen, onChoose }: ManyPaneProps) {
  const [judged, keep, forget] = useDraft<Judgement>('review:several', NOTHING);
  const change = (some: Partial<Judgement>) => (isBegun({ ...judged, ...some }) ? keep(some) : forget());
  const [local, setLocal] = useState<string | undefined>();
  const [results, setResults] = useState<{ results: Results; names: ReadonlyMap<string, string> } | undefined>();
  const give = useDo('post', '/reviews', ['/leads', '/me']);
  const ids = queue.rows.map((row) => row.lead_id).filter((id) => chosen.has(id));
  useKeys(VERDICTS.map((verdict, index) => ({
    key: String(index + 1), words: words.verdict.keys.choose(words.verdict.names[verdict]), run: () => { if (!give.pending) change({ verdict }); },
  })));
  const send = async () => {
    if (!ids.length) return setLocal(words.many.chosen(0));
    if (ids.length > MOST) return setLocal(words.many.fifty);
    if (judged.verdict === 'bad_fit' && !judged.reason.trim()) return setLocal(words.verdict.reasonNeeded);
    setLocal(undefined);
    const names = new Map(queue.rows.map((row) => [row.lead_id, personName(row)]));
    const told = await give.run({ body: { leads: ids, ...submission(judged, []) } });
    if (!told) return undefined;
    const done = told.results.filter((each) => each.result === 'reviewed' || each.result === 'repeated').map((each) => each.lead_id);
    const left = told.results.filter((each) => each.result === 'not_done').map((each) => each.lead_id);
    setResults({ results: told.results, names });
    queue.done(done);
    onChoose(new Set(left));
    return left.length ? undefined : forget();
  };
  return (
    <article class="review-lead">
      <header class="head"><div class="grow"><h2>{words.many.title}</h2><p class="muted">{words.many.about}</p></div></header>
      <section class="panel">
        <p role="status"><strong>{words.many.chosen(ids.length)}</strong></p>
        <FaultNote fault={give.fault} again={() => void send()} pending={give.pending} />
        <VerdictForm judged={judged} onChange={change} label={words.many.give(ids.length)} pending={give.pending} onGive={() => void send()}
          hint={judged.verdict === 'good_fit' ? words.many.goodFit : undefined}
          faultOf={(field) => give.of(field) ?? (field === 'reason' && judged.verdict === 'bad_fit' && !judged.reason.trim() ? local : undefined)}>
          {local && <p class="fault-word" role="alert">{local}</p>}
        </VerdictForm>
      </section>
      {results && <ResultsOf {...results} />}
    </article>
  );
}

function ResultsOf({ results, names }: { results: Results; names: ReadonlyMap<string, string> }) {
  const done = results.filter((each) => each.result === 'reviewed' || each.result === 'repeated');
  return (
    <Panel title={words.many.result}>
      <p role="status">{words.many.summary(done.length, results.length)}</p>
      <Table caption={words.many.result} hideCaption rows={[...results.filter((each) => !done.includes(each)), ...done]} idOf={(each) => each.lead_id}
        columns={[
          { name: words.many.lead, cell: (each) => names.get(each.lead_id) ?? each.lead_id },
          { name: words.many.what, cell: (each) => <><Tag tone={done.includes(each) ? 'done' : 'soon'}>{words.many.results[each.result] ?? each.result}</Tag> {each.detail}</> },
        ]} />
    </Panel>
  );
}
