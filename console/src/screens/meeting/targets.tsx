/** What is agreed beside what was, and week by week. */
import { meeting as words } from '#texts/meeting.ts';
import { shortDate } from '../../format/index.ts';
import { Empty, Line, Note, Panel, Table, Tag } from '../../parts/index.ts';
import { Counted } from './behind.tsx';
import { type Label, type OneReport, type Row, clockOf, percent, inHundred, leadsMore, percentBeside, points, rows, series } from './figures.ts';

export function Targets({ sla, funnel, label }: { sla: OneReport; funnel: OneReport | undefined; label: Label }) {
  const [clocks, leads] = [rows(sla, 'target'), rows(funnel, 'target')];
  const name = (row: Row) => words.duties[row.name] ?? words.moves[row.name] ?? label('clock', row.name);
  const owed = rows(sla, 'duty').reduce((sum, row) => ({ owed: sum.owed + (row.owed ?? 0), late: sum.late + (row.overdue ?? 0) }), { owed: 0, late: 0 });
  return (
    <Panel title={words.targets}>
      {!clocks.length && !leads.length && <Empty icon="flag" title={words.noTargets.title}>{words.noTargets.detail}</Empty>}
      {!!(clocks.length || leads.length) && (
        <Table caption={words.targets} hideCaption rows={[...clocks, ...leads]} idOf={(row) => row.name}
          columns={[
            { name: words.target, cell: (row) => name(row) },
            { name: words.agreed, number: true, cell: (row) => (isShare(row) ? percent(row.target) : <>{Math.round(row.target ?? 0)}{row.partial && <span class="muted small meeting-partly"> {words.partly(row.days ?? 0, row.of_days ?? 0)}</span>}</>) },
            { name: words.actual, number: true, cell: (row) => <Actual row={row} sla={sla} /> },
            { name: words.difference, number: true, cell: (row) => <Kept row={row} /> },
          ]} />
      )}
      <div class="meeting-lines">
        {clocks.map((row) => (
          <Line key={row.name} title={words.byWeek(name(row))} latest={latest(row, sla)} most={100} unit="%" target={100 * (row.target ?? 0)}
            points={series(sla, 'target', row.name).map((part) => ({
              label: shortDate(part.from, sla.time_zone), value: inHundred(part.row?.actual), words: percent(part.row?.actual),
              shown: <Counted {...clockOf(row.name, part.groups)} figure="met,missed" period={part} of={(part.row?.met ?? 0) + (part.row?.missed ?? 0)}>{percent(part.row?.actual)}</Counted>,
            }))} />
        ))}
      </div>
      {!!owed.owed && <Note tone={owed.late ? 'late' : 'plain'}>{words.owed}: <Counted {...OF_MARKETING} figure="owed" of={owed.owed}>{words.answers(owed.owed)}</Counted>{!!owed.late && <>, <Counted {...OF_MARKETING} figure="overdue" of={owed.late}>{words.late(owed.late, owed.owed)}</Counted></>}</Note>}
    </Panel>
  );
}

const STEPS: Readonly<Record<string, string>> = { new: 'new', mql: 'to_mql', sql: 'to_sql', handed_over: 'to_with_sales', won: 'to_won' };

const OF_MARKETING = { report: 'sla', group: 'department', name: 'marketing' };

/** What was, with the leads behind it: of a share those that were in time, and those that were missed. */
function Actual({ row, sla }: { row: Row; sla: OneReport }) {
  const step = STEPS[row.name];
  if (!isShare(row)) return <Counted report="funnel" group="total" name="all" figure={step ?? row.name} of={row.actual} />;
  const [clock, missed] = [clockOf(row.name, sla.groups), row.missed ?? 0];
  return (
    <>
      <Counted {...clock} figure="met" of={row.met}>{percentBeside(row.actual, row.target)}</Counted>
      {!!missed && <> <span class="small"><Counted {...clock} figure="missed" of={missed}>{words.missed(missed)}</Counted></span></>}
    </>
  );
}

/** Clocks are kept in a share of cases; leads are counted. */
function isShare(row: Row): boolean {
  return row.met !== undefined;
}

/** What the last week of a line was, beside what is agreed: `lately 78%, agreed 90%`. */
function latest(row: Row, sla: OneReport): string | undefined {
  const last = series(sla, 'target', row.name).findLast((part) => part.row?.actual !== null && part.row?.actual !== undefined);
  return last && words.latest(percentBeside(last.row?.actual, row.target), percent(row.target));
}

function Kept({ row }: { row: Row }) {
  const { difference } = row;
  if (typeof difference !== 'number') return <>–</>;
  const said = isShare(row) ? points(difference) : leadsMore(difference);
  return <Tag tone={difference < 0 && said !== '0' ? 'late' : 'done'}>{said}</Tag>;
}
