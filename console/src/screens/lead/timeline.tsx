import { timeline as words } from '#texts/lead.ts';
import { type Answer, usePages } from '../../api/index.ts';
import { FaultNote, Loading, Panel, Said, Time } from '../../parts/index.ts';
import { list as listWords } from '#texts/parts.ts';
import { Button } from '../../parts/index.ts';
import { place as address } from '../../shell/place.ts';
import { useCalm } from '../../shell/use-calm.ts';
import { asTyped } from './known.ts';
import type { LeadView } from './ledger.ts';
import { pieces } from './pages.ts';
import { More, Piece } from './pieces.tsx';

type Happened = Answer<'/leads/{lead_id}/timeline'>['events'][number];
const idOf = (event: Happened) => event.event_id;
const asked = { order: 'newest', words: 'en', limit: '100' } as const;
/** What somebody wrote, which the sentence has only the beginning of. */
const WRITTEN = ['message', 'text', 'note'] as const;

/** All that happened to the lead, in words, the newest first; of thousands, a hundred at a time. */
export default function Timeline({ lead }: { lead: LeadView }) {
  const pages = usePages('/leads/{lead_id}/timeline', { path: { lead_id: lead.lead_id }, query: asked }, (page) => page.events, idOf);
  const at = address.value.query.get('at');
  const { rows, fresh, show } = useCalm(pages.rows, idOf, lead.lead_id);
  return (
    <Panel title={words.title}>
      <FaultNote fault={pages.moreFault ? undefined : pages.fault} again={pages.again} stale={rows.length > 0} />
      {!pages.rows && !pages.fault && <Loading label={words.loading} lines={6} />}
      {!!fresh && <Button kind="quiet" onClick={show}>{listWords.fresh(fresh)}</Button>}
      {pieces(rows).map((some, place) => (
        <Piece key={place} rows={some} mark={at ?? ''}>{(shown) => <ol class="lead-timeline">{shown.map((event) => <Line key={event.event_id} event={event} later={!!at && event.at > at} />)}</ol>}</Piece>
      ))}
      <More pages={pages} count={rows.length} />
      {pages.rows && !pages.more && <p class="small muted">{rows.length ? words.begin : words.empty}</p>}
    </Panel>
  );
}

function Line({ event, later }: { event: Happened; later: boolean }) {
  const given = event as unknown as Record<string, unknown>;
  const written = WRITTEN.map((name) => given[name]).find((each): each is string => typeof each === 'string' && each !== '');
  const whole = written && !(event.words ?? '').includes(written.split(/\s+/).join(' ')) ? written : undefined;
  return (
    <li class={later ? 'muted' : ''}>
      <span class="small muted"><Time at={event.at} />{later && <>, {words.later}</>}</span>
      <div><p>{event.words ? <Said text={event.words} parts={event.parts} near={event.at} /> : event.type}</p>{whole && <blockquote class="pre small">{asTyped(whole)}</blockquote>}</div>
    </li>
  );
}
