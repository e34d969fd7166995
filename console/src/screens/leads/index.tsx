/** Leads: every list of them, beside the lead that is selected in it. */
import './leads.css';
import { leads as words } from '#texts/leads.ts';
import { type readOnce, usePages } from '../../api/index.ts';
import { Empty, FaultNote, LinkButton, Loading, Split } from '../../parts/index.ts';
import { person } from '../../session/session.ts';
import { goWith, href, place } from '../../shell/place.ts';
import { changed } from '../../shell/matching.ts';
import { useCalm } from '../../shell/use-calm.ts';
import { Lead } from '../lead/lead.tsx';
import { Bar } from './filters.tsx';
import { Rows } from './rows.tsx';
import type { Row } from './row.tsx';
import { listIn, nameOf, written } from './views.ts';

const PAGE = 50;
const idOf = (row: Row) => row.lead_id;

export default function Leads() {
  const { query } = place.value;
  const typed = query.get('q') ?? '';
  const selected = query.get('lead') ?? undefined;
  const list = listIn(query, person.value.groups);
  const asked = { ...(typed ? { q: typed } : list), limit: PAGE } as NonNullable<Parameters<typeof readOnce<'/leads'>>[1]['query']>;
  const pages = usePages('/leads', { query: asked }, (page) => page.leads, idOf);
  const { rows, fresh, show } = useCalm(pages.rows, idOf, typed ? `q=${typed}` : written(list));

  const at = rows.findIndex((row) => row.lead_id === selected);
  const select = (id: string | undefined) => goWith({ lead: id, at: undefined }, { replace: !!selected && !!id });
  const step = async (by: number) => {
    const to = at < 0 ? 0 : at + by;
    const next = to >= rows.length && pages.more ? (await pages.more())[0] : rows[Math.min(Math.max(to, 0), rows.length - 1)];
    if (next) select(next.lead_id);
  };
  const to = (id: string) => `/leads?${changed(query, { lead: id, at: undefined })}`;
  const further = !!pages.more || !!pages.first?.more;
  return (
    <Split label={words.detail} onBack={() => select(undefined)} at={at < 0 ? undefined : at + 1} of={at < 0 ? undefined : rows.length}
      onPrevious={at > 0 ? () => void step(-1) : undefined} onNext={at >= 0 && (at < rows.length - 1 || pages.more) ? () => void step(1) : undefined}
      list={<>
        <Bar list={list} typed={typed} count={pages.rows && rows.length} more={further} />
        <FaultNote fault={pages.moreFault ? undefined : pages.fault} again={pages.again} stale={rows.length > 0} />
        {rows.length || fresh ? <Rows pages={pages} rows={rows} fresh={fresh} onFresh={show} selected={selected} to={to} step={(by) => void step(by)} />
          : pages.rows ? <Nothing searched={!!typed} narrowed={!nameOf(list)} /> : !pages.fault && <Loading label={words.loading} lines={8} />}
        {typed && pages.first?.more && <p class="muted small leads-bar">{words.moreFound}</p>}
      </>}
      empty={<Empty icon="people" title={words.choose.title}>{words.choose.detail}</Empty>}
      detail={selected && <Lead key={selected} id={selected} />} />
  );
}

function Nothing({ searched, narrowed }: { searched: boolean; narrowed: boolean }) {
  if (!searched && !narrowed) {
    return <Empty icon="people" title={words.emptyList.title} action={<LinkButton href={href('/forms')}>{words.toForms}</LinkButton>}>{words.emptyList.detail}</Empty>;
  }
  const said = searched ? words.notFound : words.empty;
  return <Empty icon="people" title={said.title} action={<LinkButton href={href('/leads')}>{words.clear}</LinkButton>}>{said.detail}</Empty>;
}
