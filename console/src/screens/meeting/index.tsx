/** What both departments look at together: one call has all of it, and every count leads to its leads. */
import { meeting as words } from '#texts/meeting.ts';
import { useRead } from '../../api/index.ts';
import { now } from '../../format/clock.ts';
import { shortDate } from '../../format/index.ts';
import { Button, Choice, FaultNote, Head, Loading } from '../../parts/index.ts';
import { agreedZone } from '../../session/zone.ts';
import { goWith, place } from '../../shell/place.ts';
import { Behind } from './behind.tsx';
import { Changed } from './changed.tsx';
import { type Label, type OneReport, type Reports, dates, labels, perWorkingDay, rows } from './figures.ts';
import { Funnel, Load, Returns, Speed } from './outcomes.tsx';
import { WhatToChange } from './proposal.tsx';
import { Rules } from './rules.tsx';
import { Targets } from './targets.tsx';
import './meeting.css';

const PERIODS = { week: [7, 'day'], month: [28, 'week'], quarter: [84, 'week'] } as const;

export default function Meeting() {
  const asked = place.value.query.get('period') ?? 'month';
  const period = asked in PERIODS ? (asked as keyof typeof PERIODS) : 'month';
  const [days, each] = PERIODS[period];
  const [from, to] = dates(days, now.value, agreedZone.value);
  const { data, fault, loading, again } = useRead('/reports/{report}', { path: { report: 'all' }, query: { from, to, each, compare: 'before', proposal: 'true' } }, 300_000);
  const all = data as Reports | undefined;
  const reports = new Map((all?.reports ?? []).map((one) => [one.report, one]));
  const sla = reports.get('sla');
  return (
    <div class="page stack meeting">
      <Head title={words.title} about={sla && words.about(shortDate(sla.from, sla.time_zone), shortDate(sla.to, sla.time_zone), sla.time_zone)}
        actions={<Button kind="quiet" onClick={() => print()}>{words.print}</Button>} />
      <div class="meeting-period">
        <Choice label={words.period} value={period} onChange={(name) => goWith({ period: name, behind: undefined })}
          options={(Object.keys(PERIODS) as (keyof typeof PERIODS)[]).map((name) => ({ value: name, label: words.periods[name] }))} />
      </div>
      <FaultNote fault={fault} again={again} stale={!!data} pending={loading} />
      {!data && loading && <Loading label={words.loading} lines={8} />}
      {all && sla && <Sections all={all} sla={sla} days={days} reports={reports} label={labels(all.labels)} />}
      <Behind from={from} to={to} zone={sla?.time_zone} label={labels(all?.labels)} />
    </div>
  );
}

interface SectionsProps { all: Reports; sla: OneReport; days: number; reports: Map<string, OneReport>; label: Label }

function Sections({ all, sla, days, reports, label }: SectionsProps) {
  const [handoffs, scoring, funnel] = ['handoffs', 'scoring', 'funnel'].map((name) => reports.get(name));
  return (
    <>
      <Targets sla={sla} funnel={funnel} label={label} />
      <Speed sla={sla} />
      <Funnel funnel={funnel} />
      <Returns handoffs={handoffs} label={label} />
      <Load handoffs={handoffs} sla={sla} />
      <Rules scoring={scoring} label={label} />
      <WhatToChange all={all} perDay={perWorkingDay(rows(handoffs, 'total')[0]?.offered, days)} label={label} />
      <Changed reports={[...reports.values()]} label={label} />
    </>
  );
}
