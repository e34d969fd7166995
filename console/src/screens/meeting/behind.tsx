/** The leads behind a figure: the address names it, and a dialog lists them. */
import type { ComponentChildren } from 'preact';
import { meeting as words } from '#texts/meeting.ts';
import { type Schema, useRead } from '../../api/index.ts';
import { shortMoment } from '../../format/index.ts';
import { Dialog, FaultNote, Loading, Button } from '../../parts/index.ts';
import { goWith, href, place } from '../../shell/place.ts';

interface Figure { report: string; group: string; name: string; figure: string }

/** A figure that leads to its leads. */
export function BehindLink({ report, group, name, figure, children }: Figure & { children: ComponentChildren }) {
  const query = new URLSearchParams(place.value.query);
  query.set('behind', [report, group, name, figure].join('|'));
  return <a href={href(`${place.value.path}?${query}`)} title={words.behind}>{children}</a>;
}

export function Behind({ from, to }: { from: string; to: string }) {
  const { query } = place.value;
  const [report, group, name, figure] = (query.get('behind') ?? '').split('|');
  const close = () => goWith({ behind: undefined, after: undefined });
  if (!report || !group || !name || !figure) return null;
  return <Leads key={`${report}${group}${name}${figure}`} asked={{ report, group, name, figure }} from={from} to={to} after={query.get('after')} onClose={close} />;
}

function Leads({ asked, from, to, after, onClose }: { asked: Figure; from: string; to: string; after: string | null; onClose: () => void }) {
  const { report, group, name, figure } = asked;
  const read = useRead('/reports/{report}', { path: { report: report as 'sla' }, query: { from, to, group, name, figure, ...(after ? { cursor: after } : {}) } }, Number.POSITIVE_INFINITY);
  const data = read.data as Schema<'LeadsBehind'> | undefined;
  const what = `${name === 'all' ? '' : `${name} · `}${figure.replaceAll('_', ' ').replace('.', ': ')}`;
  return (
    <Dialog title={words.behindOf(what)} onClose={onClose}>
      <FaultNote fault={read.fault} again={read.again} pending={read.loading} />
      {!data && read.loading && <Loading label={words.behind} lines={4} />}
      {data && !data.leads.length && <p class="muted">{words.noneBehind}</p>}
      <ul class="meeting-behind">
        {data?.leads.map((lead) => <li key={`${lead.lead_id}${lead.at}`}><a href={href(`/leads/${lead.lead_id}`)}>{words.leadAt(shortMoment(lead.at))}</a></li>)}
      </ul>
      <div class="row">
        {data?.cursor && <Button kind="quiet" onClick={() => goWith({ after: data.cursor ?? undefined })}>{words.more}</Button>}
        <Button kind="quiet" onClick={onClose}>{words.close}</Button>
      </div>
    </Dialog>
  );
}
