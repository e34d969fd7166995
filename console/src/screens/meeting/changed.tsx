/** Which shares changed since the period before by more than chance may do. */
import { meeting as words } from '#texts/meeting.ts';
import { Panel, Table } from '../../parts/index.ts';
import { Counted } from './behind.tsx';
import { type Label, type OneReport, type Period, type Span, countsOf, isReal, percent, whoseWords } from './figures.ts';
import { Difference } from './rules.tsx';

interface PartOf { share: number | null; n: number; of: number }

interface Compared {
  group: string;
  name: string;
  figure: string;
  now: PartOf;
  before: PartOf;
  difference: Span;
  q: number | null;
  too_few: boolean;
}

export function Changed({ reports, label }: { reports: OneReport[]; label: Label }) {
  const compared = reports.flatMap((one) => ((one as { compared?: Compared[] }).compared ?? []).map((row) => ({ ...row, report: one.report, period: one.before as Period | undefined })));
  if (!compared.length) return null;
  const real = compared.filter(isReal);
  const name = (row: Compared) => [whoseWords(row.group, row.name, label), row.group === 'conversion' ? words.wentOn : words.shares[row.figure]].filter(Boolean).join(' · ');
  return (
    <Panel title={words.changed}>
      {!real.length && <p class="muted">{words.changedNone}</p>}
      {!!real.length && (
        <Table caption={words.changed} hideCaption rows={real} idOf={(row) => `${row.report} ${row.group} ${row.name} ${row.figure}`}
          columns={[
            { name: words.figure, cell: name },
            { name: words.before, number: true, cell: (row) => <Part of={row.before} row={row} period={row.period} /> },
            { name: words.now, number: true, cell: (row) => <Part of={row.now} row={row} /> },
            { name: words.difference, cell: (row) => <Difference row={row} /> },
          ]} />
      )}
    </Panel>
  );
}

interface PartProps { of: PartOf; row: Compared & { report: string }; period?: Period | undefined }

/** A share with the counts that it is of, each with its leads in its own period. */
function Part({ of, row: { report, group, name, figure }, period }: PartProps) {
  const [part, whole] = countsOf({ group, figure });
  const told = { report, group, name, period: period && { from: period.from, to: period.to } };
  return (
    <>
      {percent(of.share)}<br />
      <span class="small">
        {part ? <Counted {...told} figure={part} of={of.n} /> : of.n} {words.of} {whole ? <Counted {...told} figure={whole} of={of.of} /> : of.of}
      </span>
    </>
  );
}
