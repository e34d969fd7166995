/** The leads behind a figure: the address names it, and a dialog lists them. */
import type { ComponentChildren } from 'preact';
import { meeting as words } from '#texts/meeting.ts';
import { type Schema, useRead } from '../../api/index.ts';
import { personName } from '../../format/index.ts';
import { Button, Dialog, FaultNote, Loading, Time } from '../../parts/index.ts';
import { goWith, href, place } from '../../shell/place.ts';
import { hasLeads, periodWords, readFigure, writtenFigure } from './asked.ts';
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
  return of && hasLeads(figure) ? <BehindLink {...figure}>{shown}</BehindLink> : <>{shown}</>;
}

/** A figure that leads to its leads, also if there are none. */
export function BehindLink({ said, period, children, ...figure }: Omit<CountedProps, 'of'>) {
  const query = new URLSearchParams(place.value.query);
  query.set('behind', writtenFigure(figure, period));
  return <a href={href(`${place.value.path}?${query}`)} title={words.behind} aria-label={said}>{children}</a>;
}

export function Behind({ from, to, zone, label }: { from: string; to: string; zone: string | undefined; label: Label }) {
  const { query } = place.value;
  const found = readFigure(query.get('behind'));
  const close = () => goWith({ behind: undefined, after: undefined });
  if (!found) return null;
  return <Leads key={query.get('behind')} {...found} {...{ from, to, zone, label }} after={query.get('after')} onClose={close} />;
}

interface LeadsProps { asked: Figure; from: string; to: string; zone: string | undefined; period: Period | undefined; label: Label; after: string | null; onClose: () => void }

function Leads({ asked, from, to, zone, period, label, after, onClose }: LeadsProps) {
  const { report, group, name, figure } = asked;
  const read = useRead('/reports/{report}', { path: { report: report as 'sla' }, query: { from, to, ...period, group, name, figure, ...(after ? { cursor: after } : {}) } }, Number.POSITIVE_INFINITY);
  const data = read.data as Schema<'LeadsBehind'> | undefined;
  return (
    <Dialog title={words.behindOf(figureWords(asked, label))} onClose={onClose}>
      {period && <p class="muted">{periodWords(period, zone)}</p>}
      <FaultNote fault={read.fault} again={read.again} pending={read.loading} />
      {!data && read.loading && <Loading label={words.behind} lines={4} />}
      {data && !data.leads.length && <p class="muted">{words.noneBehind}</p>}
      <ul class="meeting-behind">
        {data?.leads.map((lead) => (
          <li key={`${lead.lead_id}${lead.at}${lead.handoff_id ?? lead.duty_id ?? ''}`}>
            {lead.email ? <a href={href(`/leads/${lead.lead_id}`)}>{personName({ email: lead.email, profile: lead })}</a> : words.erased}
            <p class="small muted">{lead.company && `${lead.company} · `}<Time at={lead.at} />{lead.times > 1 && ` · ${words.times(lead.times)}`}</p>
          </li>
        ))}
      </ul>
      <div class="row">
        {after && <Button kind="quiet" onClick={() => goWith({ after: undefined })}>{words.first}</Button>}
        {data?.cursor && <Button kind="quiet" onClick={() => goWith({ after: data.cursor ?? undefined })}>{words.more}</Button>}
        <Button kind="quiet" onClick={onClose}>{words.close}</Button>
      </div>
    </Dialog>
  );
}
