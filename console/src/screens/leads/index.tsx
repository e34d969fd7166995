/** Leads: every list of them, beside the lead that is selected in it. */
import './leads.css';
import { leads as words } from '#texts/leads.ts';
import { readOnce, useRead } from '../../api/index.ts';
import { Empty, FaultNote, LinkButton, Loading, Split } from '../../parts/index.ts';
import { person } from '../../session/session.ts';
import { goWith, href, place } from '../../shell/place.ts';
import { changed } from '../../shell/matching.ts';
import { Lead } from '../lead/lead.tsx';
import { useKeptPages } from '../lead/use-kept-pages.ts';
import { Bar } from './filters.tsx';
import { Rows } from './rows.tsx';
import type { Row } from './row.tsx';
import { listIn, written } from './views.ts';

const PAGE = 50;
const idOf = (row: Row) => row.lead_id;

export default function Leads() {
  const { query } = place.value;
  const typed = query.get('q') ?? '';
  const selected = query.get('lead') ?? undefined;
  const list = listIn(query, person.value.groups);
  const asked = { ...(typed ? { q: typed } : list), limit: PAGE } as NonNullable<Parameters<typeof readOnce<'/leads'>>[1]['query']>;
  const read = useRead('/leads', { query: asked });
  const view = typed ? `q=${typed}` : written(list);
  const pages = useKeptPages<Row>(view, pageOf(read.data), idOf, async (cursor) => {
    const { leads, cursor: further } = await readOnce('/leads', { query: { ...asked, cursor } });
    return { rows: leads, cursor: further };
  });

  const at = pages.rows.findIndex((row) => row.lead_id === selected);
  const select = (id: string | undefined) => goWith({ lead: id, at: undefined }, { replace: !!selected && !!id });
  const step = async (by: number) => {
    const to = at < 0 ? 0 : at + by;
    const rows = to >= pages.rows.length && pages.more ? await pages.more() : pages.rows;
    const next = rows[Math.min(Math.max(to, 0), rows.length - 1)];
    if (next) select(next.lead_id);
  };
  const to = (id: string) => `/leads?${changed(query, { lead: id, at: undefined })}`;
  const further = !!pages.more || !!read.data?.more;
  return (
    <Split label={words.detail} onBack={() => select(undefined)} at={at < 0 ? undefined : at + 1} of={at < 0 ? undefined : pages.rows.length}
      onPrevious={at > 0 ? () => void step(-1) : undefined} onNext={at >= 0 && (at < pages.rows.length - 1 || pages.more) ? () => void step(1) : undefined}
      list={<>
        <Bar list={list} typed={typed} count={read.data ? pages.rows.length : undefined} more={further} />
        <FaultNote fault={read.fault} again={read.again} stale={pages.rows.length > 0} />
        {pages.rows.length || pages.fresh ? <Rows pages={pages} selected={selected} to={to} step={(by) => void step(by)} />
          : read.data ? <Nothing searched={!!typed} /> : !read.fault && <Loading label={words.loading} lines={8} />}
        {typed && read.data?.more && <p class="muted small leads-bar">{words.moreFound}</p>}
      </>}
      empty={<Empty icon="people" title={words.choose.title}>{words.choose.detail}</Empty>}
      detail={selected && <Lead key={selected} id={selected} />} />
  );
}

const seen = new WeakMap<object, { rows: readonly Row[]; cursor: string | null }>();

/** The first page, the same object as long as the same was read. */
function pageOf(data: { leads: Row[]; cursor: string | null } | undefined) {
  if (!data) return undefined;
  const page = seen.get(data) ?? { rows: data.leads, cursor: data.cursor };
  seen.set(data, page);
  return page;
}

function Nothing({ searched }: { searched: boolean }) {
  const said = searched ? words.notFound : words.empty;
  return <Empty icon="people" title={said.title} action={<LinkButton href={href('/leads')}>{words.clear}</LinkButton>}>{said.detail}</Empty>;
}
