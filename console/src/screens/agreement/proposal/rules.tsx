/** The rules of a proposal: points and how sure they are, and whether the table shall do without one. */
import { agreement as words } from '#texts/agreement.ts';
import { Panel, Tag } from '../../../parts/index.ts';
import { between, percent } from '../trial/figures.ts';
import type { Figures } from './index.tsx';

interface RulesProps {
  figures: Figures;
  /** The rules that the table shall do without. */
  struck: readonly string[];
  onStrike: (struck: readonly string[]) => void;
}

export function Rules({ figures, struck, onStrike }: RulesProps) {
  const gone = struck.filter((id) => !figures.rules.some((rule) => rule.id === id));
  const strike = (id: string, without: boolean) => onStrike(without ? [...struck, id] : struck.filter((each) => each !== id));
  return (
    <Panel title={words.proposal.rules}>
      <p class="muted">{words.proposal.strikeHint}</p>
      <div class="table" tabIndex={0} role="region" aria-label={words.proposal.rules}>
        <table class="agreement-rules">
          <thead>
            <tr>
              <th scope="col">{words.proposal.columns.rule}</th>
              <th scope="col" class="number">{words.proposal.columns.points}</th>
              <th scope="col" class="number">{words.proposal.columns.within}</th>
              <th scope="col" class="number">{words.proposal.columns.won}</th>
              <th scope="col" class="number">{words.proposal.columns.chosen}</th>
              <th scope="col" class="number">{words.proposal.columns.without}</th>
            </tr>
          </thead>
          <tbody>
            {figures.rules.map((rule) => (
              <tr key={rule.id} class={struck.includes(rule.id) ? 'struck' : ''}>
                <th scope="row"><label class="agreement-strike" title={words.proposal.strike(rule.id)}><input type="checkbox" checked={struck.includes(rule.id)} onChange={(event) => strike(rule.id, event.currentTarget.checked)} /><code>{rule.id}</code></label>{rule.is_new && <> <Tag tone="accent">{words.proposal.isNew}</Tag></>}</th>
                <td class="number">{rule.points_today !== null && rule.points_today !== rule.points && <span class="muted">{signed(rule.points_today)} → </span>}<strong>{signed(rule.points)}</strong></td>
                <td class="number">{rule.within ? words.proposal.range(number(rule.within[0]), number(rule.within[1])) : '–'}</td>
                <td class="number">{words.proposal.wonOf(rule.won, rule.leads)} <small class="muted">{between(pair(rule.won_within), words.to)}</small></td>
                <td class="number">{rule.resamples === null ? '–' : words.proposal.resamples(rule.resamples)}</td>
                <td class="number">{percent(rule.without.auc)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted small">{words.proposal.columnsHint}</p>
      {gone.length > 0 && (
        <p class="row">{words.proposal.gone}{gone.map((id) => <button key={id} type="button" class="button quiet" onClick={() => strike(id, false)}>{words.proposal.takeBack(id)}</button>)}</p>
      )}
    </Panel>
  );
}

const pair = (within: readonly number[] | null) => (within ? [within[0] ?? 0, within[1] ?? 0] as const : null);
const signed = (points: number) => (points < 0 ? `−${-points}` : String(points));
const number = (value: number | undefined) => (value ?? 0).toLocaleString('en-GB', { maximumFractionDigits: 0 }).replace('-', '−');
