import { timeline as words } from '#texts/lead.ts';
import { type Answer, readOnce, useRead } from '../../api/index.ts';
import { FaultNote, Loading, Panel, Time } from '../../parts/index.ts';
import { list as listWords } from '#texts/parts.ts';
import { Button } from '../../parts/index.ts';
import { asTyped } from './known.ts';
import type { LeadView } from './ledger.ts';
import { pieces } from './pages.ts';
import { More, Piece } from './pieces.tsx';
import { useKeptPages } from './use-kept-pages.ts';

type Happened = Answer<'/leads/{lead_id}/timeline'>['events'][number];
const idOf = (event: Happened) => event.event_id;
const asked = { order: 'newest', words: 'en', limit: '100' } as const;
/** What somebody wrote, which the sentence has only the beginning of. */
const WRITTEN = ['message', 'text', 'note'] as const;

/** All that happened to the lead, in words, the newest first; of thousands, a hundred at a time. */
export default function Timeline({ lead }: { lead: LeadView }) {
  const path = { lead_id: lead.lead_id };
  const read = useRead('/leads/{lead_id}/timeline', { path, query: asked });
  const pages = useKeptPages<Happened>(`timeline ${lead.lead_id}`, pageOf(read.data), idOf, async (cursor) => {
    const { events, cursor: further } = await readOnce('/leads/{lead_id}/timeline', { path, query: { ...asked, cursor } });
    return { rows: events, cursor: further };
  });
  return (
    <Panel title={words.title}>
      <FaultNote fault={read.fault} again={read.again} stale={pages.rows.length > 0} />
      {!read.data && !read.fault && <Loading label={words.loading} lines={6} />}
      {!!pages.fresh && <Button kind="quiet" onClick={pages.showFresh}>{listWords.fresh(pages.fresh)}</Button>}
      {pieces(pages.rows).map((some, at) => (
        <Piece key={at} rows={some} mark="">{(rows) => <ol class="lead-timeline">{rows.map((event) => <Line key={event.event_id} event={event} />)}</ol>}</Piece>
      ))}
      <More pages={pages} />
      {read.data && !pages.more && <p class="small muted">{pages.rows.length ? words.begin : words.empty}</p>}
    </Panel>
  );
}

function Line({ event }: { event: Happened }) {
  const given = event as unknown as Record<string, unknown>;
  const written = WRITTEN.map((name) => given[name]).find((each): each is string => typeof each === 'string' && each !== '');
  const whole = written && !(event.words ?? '').includes(written.split(/\s+/).join(' ')) ? written : undefined;
  return (
    <li>
      <span class="small muted"><Time at={event.at} /></span>
      <div><p>{event.words ?? event.type}</p>{whole && <blockquote class="pre small">{asTyped(whole)}</blockquote>}</div>
    </li>
  );
}

const seen = new WeakMap<object, { rows: readonly Happened[]; cursor: string | null }>();

function pageOf(data: Answer<'/leads/{lead_id}/timeline'> | undefined) {
  if (!data) return undefined;
  const page = seen.get(data) ?? { rows: data.events, cursor: data.cursor };
  seen.set(data, page);
  return page;
}
