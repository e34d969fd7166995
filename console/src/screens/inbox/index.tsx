/** What a salesperson holds: the list beside the lead, and what they can do with it. */
import './inbox.css';
import { useState } from 'preact/hooks';
import { plainWords } from '#texts/codes.ts';
import { inbox as words } from '#texts/inbox.ts';
import { type Schema, usePages } from '../../api/index.ts';
import { now } from '../../format/clock.ts';
import { companyName, personName } from '../../format/index.ts';
import { Button, ClockDue, Empty, FaultNote, focusDetail, Head, List, Loading, Said, Split, Tag } from '../../parts/index.ts';
import { goWith, place } from '../../shell/place.ts';
import { useCalm } from '../../shell/use-calm.ts';
import { Lead } from './lead.tsx';
import { Leave } from './leave.tsx';
import { isOverdue, nextDue } from './sums.ts';

type Row = Schema<'LeadSummary'>;

const PAGE = 50;

export default function Inbox() {
  const { query } = place.value;
  const [leave, setLeave] = useState(false);
  const pages = usePages('/leads', { query: { owner: 'me', limit: PAGE } }, (page) => page.leads, idOf);
  const { rows, fresh, show } = useCalm(pages.rows, idOf);
  const selected = query.get('lead') ?? undefined;
  const at = rows.findIndex((row) => row.lead_id === selected);
  const select = (id: string | undefined) => goWith({ lead: id, do: undefined }, { replace: !!selected && !!id });
  const step = (by: number) => {
    const next = at >= 0 ? rows[at + by] : undefined;
    return next && (() => select(next.lead_id));
  };
  return (
    <>
      <Split
        label={words.detail}
        list={
          <>
            <div class="inbox-head">
              <Head title={words.title} about={pages.rows && <Sum rows={pages.rows} more={!!pages.more} />}
                actions={<Button kind="quiet" icon="calendar" onClick={() => setLeave(true)}>{words.actions.leave}</Button>} />
              <FaultNote fault={pages.fault} again={pages.again} stale={!!pages.rows} pending={pages.loading} />
            </div>
            {!pages.rows && pages.loading && <Loading label={words.loading} lines={6} />}
            {pages.rows && !rows.length && !fresh && <Empty title={words.empty.title}>{words.empty.detail}</Empty>}
            <List label={words.list} rows={rows} idOf={idOf} to={(row) => `/inbox?lead=${row.lead_id}`} selected={selected} fresh={fresh} onFresh={show}
              onSelect={select} onOpen={focusDetail} onMore={pages.more} loadingMore={pages.loadingMore} onSight={pages.see}>
              {(row) => <RowText row={row} />}
            </List>
          </>
        }
        detail={selected && <Lead key={selected} id={selected} row={rows[at]} others={(pages.rows ?? []).filter((row) => row.lead_id !== selected)} />}
        empty={rows.length > 0 && <Empty title={words.choose.title} icon="inbox">{words.choose.detail}</Empty>}
        onBack={() => select(undefined)} onPrevious={step(-1)} onNext={step(1)} {...(at >= 0 ? { at: at + 1, of: rows.length } : {})}
      />
      {leave && <Leave onClose={() => setLeave(false)} />}
    </>
  );
}

function idOf(row: Row): string {
  return row.lead_id;
}

/** How many there are, and when the next is due. */
function Sum({ rows, more }: { rows: readonly Row[]; more: boolean }) {
  const late = rows.filter((row) => isOverdue(row, now.value)).length;
  return (
    <>
      {words.hold(rows.length, more)}{rows.length ? nextDue(rows, now.value) : '.'}
      {late > 0 && <> <Tag tone="late">{words.overdue(late)}</Tag></>}
    </>
  );
}

function RowText({ row }: { row: Row }) {
  const company = companyName(row);
  return (
    <>
      <span class="inbox-line">
        <strong class="inbox-name">{personName(row)}</strong>
        {row.clock ? <ClockDue of={row} /> : <span class="muted small">{row.labels.state}</span>}
      </span>
      <span class="inbox-line muted small">
        <span class="inbox-cut">{[company, row.labels.trigger].filter(Boolean).join(' · ')}</span>
        {row.clock && <span class="inbox-owed">{row.clock.label}</span>}
      </span>
      <span class="inbox-why">{row.asked?.words ? `“${row.asked.words}”` : (row.why_now[0] ? <Said text={row.why_now[0]} /> : plainWords(row.next_step.what))}</span>
    </>
  );
}
