/** Each rule of the score beside the handoffs that do not cite it. */
import { meeting as words } from '#texts/meeting.ts';
import { Panel, Table } from '../../parts/index.ts';
import { Counted } from './behind.tsx';
import { type OneReport, type Label, type Row, type Share, type Span, isReal, percent, points, rows, rulesVerdict } from './figures.ts';

export function Rules({ scoring, label }: { scoring: OneReport | undefined; label: Label }) {
  const rules = rows(scoring, 'rule').filter((row) => row.counted);
  if (!rules.length) return null;
  return (
    <Panel title={words.rules}>
      <p class="muted">{words.rulesAbout}</p>
      <p><strong>{rulesVerdict(rules, label)}</strong></p>
      <div class="meeting-rules">
        <Table caption={words.rules} hideCaption rows={rules} idOf={(row) => row.name}
          columns={[
            { name: words.rule, cell: (row) => <>{row.name}<br /><span class="small muted meeting-rule">{label('rule', row.name)}</span></> },
            { name: words.with, cell: (row) => <Won rule={row.name} figure="counted" of={row.counted} few={row.too_few} /> },
            { name: words.without, cell: (row) => <Won rule={row.name} figure="without" of={row.without} few={row.too_few} /> },
            { name: words.chance, cell: (row) => <Difference row={row} /> },
          ]} />
      </div>
    </Panel>
  );
}

function Won({ rule, figure, of, few }: { rule: string; figure: 'counted' | 'without'; of: Share | undefined; few: boolean | undefined }) {
  if (!of) return <>–</>;
  const handoffs = { report: 'scoring', group: 'rule', name: rule };
  return (
    <>
      <Counted {...handoffs} figure={`${figure}.won`} of={of.won} /> {words.of} <Counted {...handoffs} figure={`${figure}.of`} of={of.of} />
      {!few && of.share !== null && words.share(percent(of.share), percent(of.low), percent(of.high))}
    </>
  );
}

export function Difference({ row }: { row: { difference?: number | Span | null; q?: number | null; too_few?: boolean } }) {
  const span = typeof row.difference === 'object' ? row.difference : undefined;
  if (row.too_few || !span || span.share === null) return <span class="muted">{words.tooFew}</span>;
  if (!isReal(row)) return <span class="muted">{words.could(points(span.low), points(span.high))}</span>;
  return <strong class={span.share < 0 ? 'due late' : ''}>{words.real(points(span.share), points(span.low), points(span.high))}</strong>;
}

export type { Row };
