/** The leads behind a figure: the address names it, and a dialog lists them. */
import type { ComponentChildren } from 'preact';
import { meeting as words } from '#texts/meeting.ts';
import { type Schema, useRead } from '../../api/index.ts';
import { personName, shortDate } from '../../format/index.ts';
import { Button, Dialog, FaultNote, Loading, Time } from '../../parts/index.ts';
import { goWith, href, place } from '../../shell/place.ts';
import { type Figure, type Label, type Period, figureWords } from './figures.ts';

export interface CountedProps extends Figure {
  /** How many it counts. */
  of: number | null | undefined;
  /** What it counts, in words, where the number alone stands. */
  said?: string | undefined;
  /** Of which period it is; that of the meeting if absent. */
  period?: Period | undefined;
  children?: ComponentChildren;
}

/** A count, or what is told of what it counts, which leads to its leads unless there are none. */
export function Counted({ of, children, ...figure }: CountedProps) {
  const shown = children ?? of ?? 0;
  return of ? <BehindLink {...figure}>{shown}</BehindLink> : <>{shown}</>;
}

/** A figure that leads to its leads, also if there are none. */
export function BehindLink({ report, group, name, figure, said, period, children }: Omit<CountedProps, 'of'>) {
  const query = new URLSearchParams(place.value.query);
  query.set('behind', [report, group, name, figure, ...(period ? [period.from, period.to] : [])].join('|'));
  return <a href={href(`${place.value.path}?${query}`)} title={words.behind} aria-label={said}>{children}</a>;
}

export function Behind({ from, to, label }: { from: string; to: string; label: Label }) {
  const { query } = place.value;
  const [report, group, name, figure, since, until] = (query.get('behind') ?? '').split('|');
  const close = () => goWith({ behind: undefined, after: undefined });
  if (!report || !group || !name || !figure) return null;
  const period = since && until ? { from: since, to: until } : undefined;
  return <Leads key={query.get('behind')} asked={{ report, group, name, figure }} from={from} to={to} period={period} label={label} after={query.get('after')} onClose={close} />;
}

interface LeadsProps { asked: Figure; from: string; to: string; period: Period | undefined; label: Label; after: string | null; onClose: () => void }

function Leads({ asked, from, to, period, label, after, onClose }: LeadsProps) {
  const { report, group, name, figure } = asked;
  const read = useRead('/reports/{report}', { path: { report: report as 'sla' }, query: { from, to, ...period, group, name, figure, ...(after ? { cursor: after } : {}) } }, Number.POSITIVE_INFINITY);
  const data = read.data as Schema<'LeadsBehind'> | undefined;
  return (
    <Dialog title={words.behindOf(figureWords(asked, label))} onClose={onClose}>
      {period && <p class="muted">{words.ofPeriod(shortDate(period.from), shortDate(period.to))}</p>}
      <FaultNote fault={read.fault} again={read.again} pending={read.loading} />
      {!data && read.loading && <Loading label={words.behind} lines={4} />}
      {data && !data.leads.length && <p class="muted">{words.noneBehind}</p>}
      <ul class="meeting-behind">
        {data?.leads.map((lead) => (
          <li key={`${lead.lead_id}${lead.at}`}>
            <a href={href(`/leads/${lead.lead_id}`)}>{personName({ email: lead.email ?? undefined, profile: lead }) || words.erased}</a>
            <p class="small muted">{lead.company && `${lead.company} · `}<Time at={lead.at} /></p>
          </li>
        ))}
      </ul>
      <div class="row">
        {data?.cursor && <Button kind="quiet" onClick={() => goWith({ after: data.cursor ?? undefined })}>{words.more}</Button>}
        <Button kind="quiet" onClick={onClose}>{words.close}</Button>
      </div>
    </Dialog>
  );
}
