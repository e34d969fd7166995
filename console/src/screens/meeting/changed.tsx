/** Which shares changed since the period before by more than chance may do. */
import { meeting as words } from '#texts/meeting.ts';
import { Panel, Table } from '../../parts/index.ts';
import { type Label, type OneReport, type Span, isReal, percent } from './figures.ts';
import { Difference } from './rules.tsx';

interface Compared {
  group: string;
  name: string;
  figure: string;
  now: { share: number | null; n: number; of: number };
  before: { share: number | null; n: number; of: number };
  difference: Span;
  q: number | null;
  too_few: boolean;
}

export function Changed({ reports, label }: { reports: OneReport[]; label: Label }) {
  const compared = reports.flatMap((one) => (one as { compared?: Compared[] }).compared ?? []);
  if (!compared.length) return null;
  const real = compared.filter(isReal);
  const name = (row: Compared) => (row.group === 'clock' ? label('clock', row.name) : row.group === 'rule' ? label('rule', row.name) : row.name);
  return (
    <Panel title={words.changed}>
      {!real.length && <p class="muted">{words.changedNone}</p>}
      {!!real.length && (
        <Table caption={words.changed} hideCaption rows={real} idOf={(row) => `${row.group} ${row.name} ${row.figure}`}
          columns={[
            { name: words.figure, cell: (row) => `${name(row)} · ${row.figure.replaceAll('_', ' ')}` },
            { name: words.before, number: true, cell: (row) => percent(row.before.share) },
            { name: words.now, number: true, cell: (row) => percent(row.now.share) },
            { name: words.difference, cell: (row) => <Difference row={row} /> },
          ]} />
      )}
    </Panel>
  );
}
