/** How soon sales made contact, how far leads came, why they were given back, and who had how many. */
import { meeting as words } from '#texts/meeting.ts';
import { Bars, Facts, Panel, Table } from '../../parts/index.ts';
import { span } from '../../format/index.ts';
import { BehindLink } from './behind.tsx';
import { type Length, type OneReport, type Label, percent, rows } from './figures.ts';

export function Speed({ sla }: { sla: OneReport }) {
  const bands = rows(sla, 'speed');
  const whole = rows(sla, 'department').find((row) => row.name === 'sales')?.speed_to_lead;
  return (
    <Panel title={words.speed}>
      <Bars title={words.speedAbout} bars={bands.map((row) => ({ label: words.bands[row.name] ?? row.name, value: row.n ?? 0, words: words.band(row.n ?? 0, percent(row.share)) }))} />
      {whole && <Facts facts={[[words.median, <Lengths of={whole} pick="median_seconds" />], [words.ninety, <Lengths of={whole} pick="p90_seconds" />]]} />}
    </Panel>
  );
}

function Lengths({ of, pick }: { of: Length; pick: 'median_seconds' | 'p90_seconds' }) {
  const [plain, business] = [of[pick], of.business?.[pick]];
  if (plain === null) return <>–</>;
  return <>{words.plain(span(plain * 1000))}{business !== null && business !== undefined && <><br />{words.business(span(business * 1000))}</>}</>;
}

export function Funnel({ funnel }: { funnel: OneReport | undefined }) {
  const total = rows(funnel, 'total')[0];
  if (!total) return null;
  const steps = (Object.keys(words.steps) as (keyof typeof words.steps)[]).filter((name) => total[name] !== undefined);
  const worth = Object.entries(total.amounts ?? {}).map(([currency, amount]) => `${amount.toLocaleString()} ${currency}`).join(', ');
  return (
    <Panel title={words.funnel}>
      <Bars title={words.funnel} bars={steps.map((name) => ({ label: words.steps[name], value: total[name] ?? 0, tone: name === 'to_lost' ? 'late' : name === 'to_won' ? 'done' : 'accent' }))} />
      <div class="row no-print">{steps.map((name) => <BehindLink key={name} report="funnel" group="total" name="all" figure={name}>{words.steps[name]}: {total[name]}</BehindLink>)}</div>
      {worth && <Facts facts={[[words.worth, worth]]} />}
    </Panel>
  );
}

export function Returns({ handoffs, label }: { handoffs: OneReport | undefined; label: Label }) {
  const reasons = Object.entries(rows(handoffs, 'total')[0]?.returned_for ?? {}).sort(([, one], [, other]) => other - one);
  return (
    <Panel title={words.returns}>
      {!reasons.length && <p class="muted">{words.noReturns}</p>}
      {!!reasons.length && <Bars title={words.returns} bars={reasons.map(([reason, count]) => ({ label: label('return', reason), value: count }))} />}
      <div class="row no-print">
        {reasons.map(([reason, count]) => <BehindLink key={reason} report="handoffs" group="total" name="all" figure={`returned_for.${reason}`}>{label('return', reason)}: {count}</BehindLink>)}
      </div>
    </Panel>
  );
}

export function Load({ handoffs, sla }: { handoffs: OneReport | undefined; sla: OneReport }) {
  const people = rows(handoffs, 'rep');
  const kept = new Map(rows(sla, 'rep').map((row) => [row.name, row]));
  if (!people.length) return null;
  const count = (name: string, figure: string, value: number | undefined) =>
    value ? <BehindLink report="handoffs" group="rep" name={name} figure={figure}>{value}</BehindLink> : 0;
  return (
    <Panel title={words.load}>
      <Table caption={words.load} hideCaption rows={people} idOf={(row) => row.name}
        columns={[
          { name: words.rep, cell: (row) => (row.name === 'nobody' ? words.nobody : row.name) },
          { name: words.offered, number: true, cell: (row) => count(row.name, 'offered', row.offered) },
          { name: words.open, number: true, cell: (row) => count(row.name, 'open', row.open) },
          { name: words.won, number: true, cell: (row) => count(row.name, 'won', row.won) },
          { name: words.returned, number: true, cell: (row) => count(row.name, 'returned', row.returned) },
          { name: words.inTime, number: true, cell: (row) => percent(kept.get(row.name)?.share) },
        ]} />
    </Panel>
  );
}
