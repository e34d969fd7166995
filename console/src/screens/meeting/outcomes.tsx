/** How soon sales made contact, how far leads came, why they were given back, and who had how many. */
import { meeting as words } from '#texts/meeting.ts';
import { Bars, Facts, Panel, Table } from '../../parts/index.ts';
import { span } from '../../format/index.ts';
import { BehindLink, Counted } from './behind.tsx';
import { type Label, type Length, type OneReport, type Row, percent, rows } from './figures.ts';

export function Speed({ sla }: { sla: OneReport }) {
  const bands = rows(sla, 'speed');
  const whole = rows(sla, 'department').find((row) => row.name === 'sales')?.speed_to_lead;
  return (
    <Panel title={words.speed}>
      <Bars title={words.speedAbout} bars={bands.map((row) => ({
        label: words.bands[row.name] ?? row.name, value: row.n ?? 0,
        shown: <Counted report="sla" group="speed" name={row.name} figure="n" of={row.n}>{words.band(row.n ?? 0, percent(row.share))}</Counted>,
      }))} />
      {whole && <Facts facts={[[words.median, <Lengths of={whole} pick="median_seconds" />], [words.ninety, <Lengths of={whole} pick="p90_seconds" />]]} />}
    </Panel>
  );
}

interface LengthsProps { of: Length; pick: 'median_seconds' | 'p90_seconds' }

/** A length by the clock, and in business time; the leads behind each are those that were timed. */
function Lengths({ of: { business, ...plain }, pick }: LengthsProps) {
  const [byClock, atWork] = [plain[pick], business?.[pick]];
  if (byClock === null) return <>–</>;
  const timed = { report: 'sla', group: 'department', name: 'sales' };
  return (
    <>
      <Counted {...timed} figure="speed_to_lead.n" of={plain.n}>{words.plain(span(byClock * 1000))}</Counted>
      {atWork !== null && atWork !== undefined && <><br /><Counted {...timed} figure="speed_to_lead.business.n" of={business?.n}>{words.business(span(atWork * 1000))}</Counted></>}
    </>
  );
}

export function Funnel({ funnel }: { funnel: OneReport | undefined }) {
  const total = rows(funnel, 'total')[0];
  if (!total) return null;
  const steps = (Object.keys(words.steps) as (keyof typeof words.steps)[]).filter((name) => total[name] !== undefined);
  const worth = Object.entries(total.amounts ?? {}).map(([currency, amount]) => words.amount(amount, currency)).join(', ');
  return (
    <Panel title={words.funnel}>
      <Bars title={words.funnelAbout} bars={steps.map((name) => ({
        label: words.steps[name], value: total[name] ?? 0, tone: name === 'to_lost' ? 'late' : name === 'to_won' ? 'done' : 'accent',
        shown: <BehindLink report="funnel" group="total" name="all" figure={name} said={`${words.steps[name]}: ${total[name]}`}>{total[name]}</BehindLink>,
      }))} />
      {worth && <Facts facts={[[words.worth, <Counted report="funnel" group="total" name="all" figure="to_won" of={total.to_won}>{worth}</Counted>]]} />}
    </Panel>
  );
}

export function Returns({ handoffs, label }: { handoffs: OneReport | undefined; label: Label }) {
  const reasons = Object.entries(rows(handoffs, 'total')[0]?.returned_for ?? {}).sort(([, one], [, other]) => other - one);
  return (
    <Panel title={words.returns}>
      {!reasons.length && <p class="muted">{words.noReturns}</p>}
      {!!reasons.length && (
        <Bars title={words.returnsAbout} bars={reasons.map(([reason, count]) => ({
          label: label('return', reason), value: count,
          shown: <Counted report="handoffs" group="total" name="all" figure={`returned_for.${reason}`} of={count} said={`${label('return', reason)}: ${count}`} />,
        }))} />
      )}
    </Panel>
  );
}

export function Load({ handoffs, sla }: { handoffs: OneReport | undefined; sla: OneReport }) {
  const people = rows(handoffs, 'rep');
  const kept = new Map(rows(sla, 'rep').map((row) => [row.name, row]));
  if (!people.length) return null;
  const count = (name: string, figure: string, of: number | undefined) => <Counted {...{ report: 'handoffs', group: 'rep', name, figure, of }} />;
  return (
    <Panel title={words.load}>
      <Table caption={words.load} hideCaption rows={people} idOf={(row) => row.name}
        columns={[
          { name: words.rep, cell: (row) => (row.name === 'nobody' ? words.nobody : row.name) },
          { name: words.offered, number: true, cell: (row) => count(row.name, 'offered', row.offered) },
          { name: words.open, number: true, cell: (row) => count(row.name, 'open', row.open) },
          { name: words.won, number: true, cell: (row) => count(row.name, 'won', row.won) },
          { name: words.returned, number: true, cell: (row) => count(row.name, 'returned', row.returned) },
          { name: words.inTime, number: true, cell: (row) => <Kept of={kept.get(row.name)} /> },
        ]} />
    </Panel>
  );
}

/** Which share of somebody's clocks was kept, and how many were missed. */
function Kept({ of }: { of: Row | undefined }) {
  if (!of) return <>–</>;
  const clocks = { report: 'sla', group: 'rep', name: of.name };
  return (
    <>
      <Counted {...clocks} figure="met" of={of.met}>{percent(of.share)}</Counted>
      {!!of.missed && <> <span class="small"><Counted {...clocks} figure="missed" of={of.missed}>{words.missed(of.missed)}</Counted></span></>}
    </>
  );
}
