/** A lead: who it is, who has it and what comes next, why, and all that happened; now, or as it was known once. */
import './lead.css';
import { useRef } from 'preact/hooks';
import { lead as words } from '#texts/lead.ts';
import { useRead } from '../../api/index.ts';
import { FaultNote, Loading } from '../../parts/index.ts';
import { changed } from '../../shell/matching.ts';
import { href, place } from '../../shell/place.ts';
import { Head } from './head.tsx';
import { Lazy } from './lazy.tsx';
import type { LeadView } from './ledger.ts';
import { Moment } from './moment.tsx';
import { Why } from './why.tsx';

const later = {
  timeline: () => import('./timeline.tsx'),
  handoffs: () => import('./handoffs.tsx'),
  facts: () => import('./facts.tsx'),
  person: () => import('./person.tsx'),
};
const TABS = ['why', 'timeline', 'handoffs', 'facts', 'person'] as const;
type Tab = (typeof TABS)[number];

export function Lead({ id }: { id: string }) {
  const { path, query } = place.value;
  const at = query.get('at') ?? undefined;
  const tab = TABS.find((each) => each === query.get('tab')) ?? 'why';
  const read = useRead('/leads/{lead_id}', { path: { lead_id: id }, query: { at } }, at ? Infinity : 30_000);
  const last = useRef<LeadView | undefined>(undefined);
  last.current = read.data ?? (read.fault?.kind === 'absent' ? undefined : last.current);
  const lead = last.current;
  if (!lead) return <><h1 class={read.fault ? '' : 'sr'}>{words.title}</h1>{read.fault ? <FaultNote fault={read.fault} again={read.again} /> : <Loading label={words.loading} lines={8} />}</>;
  const to = (each: Tab) => href(`${path}?${changed(query, { tab: each === 'why' ? undefined : each })}`);
  return (
    <article class="lead" aria-busy={read.loading}>
      <FaultNote fault={read.fault} again={read.again} stale={!!lead} />
      {lead.lead_id !== id && <p class="note">{words.mergedInto(lead.email)}</p>}
      <Head lead={lead} past={!!at} />
      <nav class="lead-tabs" aria-label={words.tabs}>
        {TABS.map((each) => <a key={each} href={to(each)} aria-current={each === tab ? 'page' : undefined}>{words.tab[each]}</a>)}
      </nav>
      {(tab === 'why' || tab === 'facts' || at) && <Moment lead={lead} at={at} />}
      {tab === 'why' ? <Why lead={lead} past={!!at} /> : <Lazy key={tab} load={later[tab]} with={{ lead, past: !!at }} />}
    </article>
  );
}
