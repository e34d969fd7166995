/** Marketing reviews leads: what is owed by due time, one lead beside it, a verdict, and the next one. */
import { useEffect, useState } from 'preact/hooks';
import { review as words } from '#texts/review.ts';
import { readAnew, useRead } from '../../api/index.ts';
import { Empty, Split } from '../../parts/index.ts';
import { useKeys } from '../../shell/keys.ts';
import { fromHere, goWith, place } from '../../shell/place.ts';
import { type Done, DoneStrip } from './done-strip.tsx';
import { following } from './judging.ts';
import { LeadPane } from './lead-pane.tsx';
import { ManyPane } from './many-pane.tsx';
import { NothingLeft } from './nothing-left.tsx';
import { useQueue } from './queue.ts';
import { QueuePane } from './queue-pane.tsx';
import './review.css';

const BESIDE = '(width >= 900px)';

export default function Review() {
  const { query } = place.value;
  const filter = { overdue: query.get('overdue') === 'true', source: query.get('source') ?? undefined };
  const several = query.get('several') === 'yes';
  const selected = query.get('lead') ?? undefined;
  const queue = useQueue(filter);
  const [done, setDone] = useState<Done | undefined>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = queue.rows.map((row) => row.lead_id);
  const at = selected ? ids.indexOf(selected) : -1;
  const select = (id: string | undefined, replace = true) => goWith({ lead: id }, { replace });
  const next = selected ? following(ids, selected) : ids[0];

  useEffect(() => {
    if (!selected && !several && ids[0] && matchMedia(BESIDE).matches) select(ids[0]);
  }, [selected, several, ids[0]]);
  useRead('/leads/{lead_id}', next && next !== selected && !several ? { path: { lead_id: next } } : null, Infinity);
  useKeys([
    { key: 'x', words: words.verdict.keys.several, run: () => goWith({ several: several ? undefined : 'yes', lead: undefined }) },
    ...(done?.canChange ? [{ key: 'z', words: words.verdict.keys.change, run: () => change() }] : []),
  ]);

  const here = fromHere();
  const given = (what: Done) => {
    setDone(what);
    queue.done([what.leadId]);
    readAnew('/leads?', '/me');
    if (here.goWith({ lead: following(ids, what.leadId) }, { replace: true })) toTop();
  };
  const change = () => {
    if (!done) return;
    setDone(undefined);
    readAnew(`/leads/${done.leadId}`);
    select(done.leadId);
    toTop();
  };

  const list = <QueuePane queue={queue} filter={filter} several={several} selected={selected} chosen={chosen} onChoose={setChosen} onSelect={select} />;
  if (several) {
    return (
      <div class="review-several">
        <Split list={list} label={words.many.title} onBack={() => goWith({ several: undefined })}
          detail={<ManyPane queue={queue} chosen={chosen} onChoose={setChosen} />} />
      </div>
    );
  }
  const step = (by: number) => (ids[at + by] ? () => { select(ids[at + by]); toTop(); } : undefined);
  const strip = <div role="status">{done && <DoneStrip done={done} onChange={change} onDismiss={() => setDone(undefined)} />}</div>;
  return (
    <Split list={<>{!selected && strip}{list}</>} label={words.detail} onBack={() => select(undefined)}
      {...(at >= 0 ? { at: at + 1, of: ids.length } : {})}
      onPrevious={at > 0 ? step(-1) : undefined} onNext={at >= 0 ? step(1) : undefined}
      detail={selected && <><h1 class="sr review-title">{words.title}</h1>{strip}<LeadPane key={selected} id={selected} onGiven={given} onNext={next && next !== selected ? () => select(next) : undefined} /></>}
      empty={queue.isRead && (ids.length
        ? <Empty title={words.empty.choose}>{words.empty.chooseDetail}</Empty>
        : <NothingLeft filtered={filter.overdue || !!filter.source} />)} />
  );
}

/** Shows a lead from its head, with the focus on it. */
function toTop(): void {
  requestAnimationFrame(() => {
    const detail = document.getElementById('detail');
    detail?.focus({ preventScroll: true });
    detail?.scrollTo(0, 0);
    if (!matchMedia(BESIDE).matches) scrollTo(0, 0);
  });
}
