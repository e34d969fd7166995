/** The list of what marketing owes, by due time, with its filters. */
import { useRef } from 'preact/hooks';
import { review as words } from '#texts/review.ts';
import { Button, Check, Due, FaultNote, focusDetail, List, Loading, Said, Select, Tag, useSight } from '../../parts/index.ts';
import { companyName, personName } from '../../format/index.ts';
import { person } from '../../session/session.ts';
import { changed } from '../../shell/matching.ts';
import { goWith, place } from '../../shell/place.ts';
import { NothingLeft } from './nothing-left.tsx';
import type { Filter, Queue, Row } from './queue.ts';

interface QueuePaneProps {
  queue: Queue;
  filter: Filter;
  several: boolean;
  selected: string | undefined;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onSelect: (id: string) => void;
}

export function QueuePane({ queue, filter, several, selected, chosen, onChoose, onSelect }: QueuePaneProps) {
  const { rows } = queue;
  const late = rows.filter((row) => row.overdue_since).length;
  const sources = [...new Set([...rows.map((row) => row.source), filter.source ?? ''])].filter(Boolean).sort();
  return (
    <>
      <header class="review-head">
        <h1>{words.title}</h1>
        {rows.length > 0 && <p class="muted small">{words.about(rows.length, !!queue.more, late)}</p>}
        <div class="row" role="group" aria-label={words.filters}>
          <Button pressed={!filter.overdue} onClick={() => goWith({ overdue: undefined, lead: undefined })}>{words.all}</Button>
          <Button pressed={filter.overdue} onClick={() => goWith({ overdue: 'true', lead: undefined })}>{words.overdue}</Button>
          <Button pressed={several} keyName="x" onClick={() => goWith({ several: several ? undefined : 'yes', lead: undefined })}>{words.several}</Button>
        </div>
        {(sources.length > 1 || filter.source) && (
          <Select label={words.source} value={filter.source ?? ''} onChange={(source) => goWith({ source, lead: undefined })}
            options={[{ value: '', label: words.anySource }, ...sources.map((each) => ({ value: each, label: words.fromSource(each) }))]} />
        )}
      </header>
      <FaultNote fault={queue.fault} again={queue.again} stale={queue.isRead} />
      {queue.loading && !queue.isRead && !queue.fault && <Loading label={words.loading} lines={8} />}
      {queue.isRead && !rows.length && <div class="review-none"><NothingLeft filtered={filter.overdue || !!filter.source} /></div>}
      {several
        ? <Choosable queue={queue} chosen={chosen} onChoose={onChoose} />
        : (
          <List label={words.list} rows={rows} idOf={(row) => row.lead_id} selected={selected} onSelect={onSelect} onOpen={() => focusDetail()}
            to={(row) => `/review?${changed(place.value.query, { lead: row.lead_id })}`}
            fresh={queue.fresh} onFresh={queue.showFresh} onMore={queue.more} loadingMore={queue.loadingMore} onSight={queue.see}>
            {(row) => <RowOf row={row} />}
          </List>
        )}
    </>
  );
}

function RowOf({ row }: { row: Row }) {
  const claim = row.review?.claim;
  return (
    <>
      <div class="review-line">
        <strong class="grow review-short">{personName(row)}</strong>
        {row.review && <Due at={row.review.due_at} />}
      </div>
      {companyName(row) && <p class="review-short">{words.at(companyName(row), row.profile?.title ?? '')}</p>}
      <p class="muted small review-short"><Said text={why(row)} /></p>
      {claim && <Tag tone="soon">{claim.by === person.value.email ? words.youAreOnIt : words.onIt(claim.by)}</Tag>}
    </>
  );
}

function why(row: Row): string {
  if (row.labels.returned) return words.why.returnedFor(row.labels.returned);
  const said = row.review?.why ?? row.why_now[0] ?? '';
  return said.slice(0, 1).toUpperCase() + said.slice(1);
}

/** The same rows to choose several of. */
function Choosable({ queue, chosen, onChoose }: { queue: Queue; chosen: ReadonlySet<string>; onChoose: (chosen: ReadonlySet<string>) => void }) {
  const room = useRef<HTMLDivElement>(null);
  useSight(room, queue.see, queue.rows.length);
  const ids = queue.rows.map((row) => row.lead_id);
  const all = ids.slice(0, 50);
  const isAll = all.length > 0 && all.every((id) => chosen.has(id));
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    onChoose(next);
  };
  return (
    <div ref={room} class="review-many">
      {all.length > 0 && <Check label={<strong>{words.many.all}</strong>} checked={isAll} onChange={(on) => onChoose(new Set(on ? all : []))} />}
      <ul aria-label={words.list}>
        {queue.rows.map((row) => (
          <li key={row.lead_id} data-row={row.lead_id}>
            <Check checked={chosen.has(row.lead_id)} onChange={(on) => toggle(row.lead_id, on)}
              label={<span><span class="review-short"><strong>{personName(row)}</strong> {companyName(row)}</span><small class="muted review-below"><Said text={why(row)} /> · {words.from(row.source)}</small></span>} />
            {row.review && <Due at={row.review.due_at} />}
          </li>
        ))}
      </ul>
      {queue.more && <Button kind="quiet" pending={queue.loadingMore} onClick={() => void queue.more?.()}>{words.many.more}</Button>}
    </div>
  );
}
