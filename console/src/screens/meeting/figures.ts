/** Reads the figures of reports, whose lines differ by group, and puts the agreement's words beside their codes. */
import { meeting as words } from '#texts/meeting.ts';
import type { Schema } from '../../api/index.ts';
import { isoDay } from '../../format/moments.ts';
import { ruleWords } from '../../format/rule-words.ts';

export type Reports = Schema<'Reports'>;
export type OneReport = Schema<'Report'>;
export type Proposal = Schema<'PointsProposal'>;
/** A rule whose points a proposal changes. */
export type Move = NonNullable<Proposal['figures']>['rules'][number];

/** A figure of a report, as the API is asked for its leads; several counts of a line are joined by commas. */
export interface Figure { report: string; group: string; name: string; figure: string }
export interface Period { from: string; to: string }

export interface Length { n: number; median_seconds: number | null; p90_seconds: number | null; business?: Length }
export interface Share { won: number; of: number; share: number | null; low: number | null; high: number | null }

/** One line of a group; which figures it has depends on the group. */
export interface Row {
  name: string;
  target?: number; actual?: number | null; difference?: number | Span | null; days?: number; of_days?: number; partial?: boolean;
  n?: number; within?: number; share?: number | null;
  offered?: number; open?: number; won?: number; lost?: number; returned?: number; returned_for?: Record<string, number>;
  met?: number; missed?: number; owed?: number; overdue?: number;
  speed_to_lead?: Length;
  counted?: Share; without?: Share; q?: number | null; too_few?: boolean;
  amounts?: Record<string, number>;
  new?: number; to_mql?: number; to_sql?: number; sql_accepted?: number; to_with_sales?: number; to_won?: number; to_lost?: number;
}
export interface Span { share: number | null; low: number | null; high: number | null }

/** Returns the lines of a group, or none if the report has none. */
export function rows(report: OneReport | undefined, group: string): Row[] {
  return (report?.groups[group] ?? []) as Row[];
}

const DUTIES: Readonly<Record<string, string>> = { review: 'review', answer_returns: 'return' };

type Groups = OneReport['groups'];

/** Returns the line of a report that has the clock of a target: a clock of sales, or else a duty of marketing. */
export function clockOf(name: string, groups: Groups): Pick<Figure, 'report' | 'group' | 'name'> {
  const ofSales = ((groups['clock'] ?? []) as Row[]).some((row) => row.name === name);
  const duty = ofSales ? undefined : DUTIES[name];
  return { report: 'sla', group: duty ? 'duty' : 'clock', name: duty ?? name };
}

/** Returns for each part of the period, such as a week, from when to when it is and one line of it. */
export function series(report: OneReport | undefined, group: string, name: string): (Period & { row: Row | undefined; groups: Groups })[] {
  return (report?.series ?? []).map((part) => ({ from: part.from, to: part.to, groups: part.groups, row: (part.groups[group] as Row[] | undefined)?.find((each) => each.name === name) }));
}

/** Returns `87%`; a dash without a share. */
export function percent(share: number | null | undefined): string {
  const found = inHundred(share);
  return found === null ? '–' : `${found}%`;
}

/** Returns a share as a whole number of a hundred; null without one, which is not 0. */
export function inHundred(share: number | null | undefined): number | null {
  return share === null || share === undefined ? null : Math.round(100 * share);
}

/** Returns a share as percent, finer where it would otherwise look like the one beside it: `89.6%` beside 90 %. */
export function percentBeside(share: number | null | undefined, beside: number | null | undefined): string {
  return percent(share) !== percent(beside) || isNothing((share ?? 0) - (beside ?? 0)) ? percent(share) : `${((share ?? 0) * 100).toFixed(1)}%`;
}

/** Whether a difference is none, also if it is shown with a decimal. */
function isNothing(difference: number): boolean {
  return Math.abs(difference) < 0.0005;
}

/** Returns `+3 points` or `−12 points` of a difference of two shares, `−0.4 points` of one that is less than a point. */
export function points(difference: number | null | undefined): string {
  if (difference === null || difference === undefined) return '–';
  const [sign, size] = [difference < 0 ? '−' : '+', Math.abs(difference * 100)];
  if (isNothing(difference)) return '0 points';
  const said = Math.round(size) ? String(Math.round(size)) : size.toFixed(1);
  return `${sign}${said} ${said === '1' ? 'point' : 'points'}`;
}

/** Returns how many more or fewer leads there were than agreed: `+3`, `−12`; `0` of less than half a lead. */
export function leadsMore(difference: number): string {
  const whole = Math.round(Math.abs(difference));
  return whole ? `${difference < 0 ? '−' : '+'}${whole}` : '0';
}

/** Whether a difference is more than chance may do, corrected for how many were looked at. */
export function isReal(row: { q?: number | null; too_few?: boolean }): boolean {
  return !row.too_few && row.q !== null && row.q !== undefined && row.q <= 0.05;
}

/** Whether a rule's right points may be none, or nothing is known of them; on whatever scale points are counted. */
export function mayBeChance({ within }: Pick<Move, 'within'>): boolean {
  const [low, high] = within ?? [];
  return low === undefined || high === undefined || (low <= 0 && 0 <= high);
}

/** Returns the rules whose part of all points changes: first those that chance does not explain, each by how far it moves.
 * Today's points and the proposed ones have scales of their own, so that only their parts of all points compare. */
export function movesOf({ rules }: { rules: readonly Move[] }): Move[] {
  const all = (points: (move: Move) => number) => rules.reduce((sum, move) => sum + Math.abs(points(move)), 0) || 1;
  const [today, then] = [all((move) => move.points_today ?? 0), all((move) => move.points)];
  const far = (move: Move) => Math.abs(move.points / then - (move.points_today ?? 0) / today);
  return rules.filter((move) => far(move) > 1e-9).sort((one, other) => Number(mayBeChance(one)) - Number(mayBeChance(other)) || far(other) - far(one));
}

/** Returns the rules in force that a proposal of a new table does not have. */
export function droppedBy({ asked, figures }: Pick<Proposal, 'asked' | 'figures'>, inForce: Readonly<Record<string, string>> = {}): string[] {
  const kept = new Set(figures?.rules.map((move) => move.id));
  return asked.mode === 'add' && figures?.proposed ? Object.keys(inForce).filter((id) => !kept.has(id)) : [];
}

/** Returns how many a working day has, of what came in a period of so many days; one at least. */
export function perWorkingDay(came: number | undefined, days: number): number {
  return Math.max(1, Math.round(((came ?? 0) * 7) / (5 * days)));
}

/** Returns the first and the last date of a period of whole days that ends today: `[2026-11-04, 2026-12-02]`. */
export function dates(days: number, now: number, zone: string | null): [string, string] {
  const end = isoDay(now, zone);
  const begin = new Date(`${end}T12:00:00Z`);
  begin.setUTCDate(begin.getUTCDate() - days);
  return [begin.toISOString().slice(0, 10), end];
}

const WORDS = { clock: 'clocks', return: 'return_reasons', rule: 'rules' } as const;

/** Puts the agreement's words beside codes; a code without one is shown as it stands. */
export function labels(words: Reports['labels'] | undefined) {
  return (kind: keyof typeof WORDS, code: string) => {
    const label = words?.[WORDS[kind]][code] ?? code;
    return kind === 'rule' ? ruleWords(label) : label;
  };
}
export type Label = ReturnType<typeof labels>;

const NAMES: Readonly<Record<string, keyof typeof WORDS>> = { clock: 'clock', rule: 'rule' };

/** Returns whose a figure is: a clock's, a rule's, a person's; nothing if it is all leads'. */
export function whoseWords(group: string, name: string, label: Label): string {
  const of = NAMES[group];
  if (name === 'all') return '';
  if (group === 'conversion') return name.split(' to ').map((stage) => words.stages[stage] ?? stage).join(words.into);
  return of ? label(of, name) : (words.bands[name] ?? words.duties[name] ?? words.departments[name] ?? name);
}

/** Returns what a figure counts in words: `sam@acme.example · Gave back`, `First contact · Missed`. */
export function figureWords({ group, name, figure }: Omit<Figure, 'report'>, label: Label): string {
  const [code = '', within] = figure.split('.');
  const what = within === undefined || code !== 'returned_for' ? (words.figures[figure] ?? figure.replaceAll('_', ' ').replace('.', ': ')) : label('return', within);
  return [whoseWords(group, name, label), what].filter(Boolean).join(' · ');
}

const SHARES: Readonly<Record<string, readonly [part: string, whole: string]>> = {
  share: ['met', 'met,missed'], within: ['so_far', 'of'], acceptance: ['accepted', 'offered'], win_rate: ['won', 'won,lost'], counted: ['counted.won', 'counted.of'],
};

/** Returns the counts of which a share is: its part, and its whole unless that also counts who was there before the period. */
export function countsOf({ group, figure }: Pick<Figure, 'group' | 'figure'>): readonly [part: string | undefined, whole: string | undefined] {
  return group === 'conversion' ? ['leads', undefined] : (SHARES[figure] ?? [undefined, undefined]);
}

/** Returns which rules differ by more than chance may do, those with fewer wins first, in a sentence. */
export function rulesVerdict(rules: readonly Row[], label: Label): string {
  const real = rules.filter((row) => isReal(row) && typeof row.difference === 'object');
  const named = (some: Row[]) => some.map((row) => label('rule', row.name)).join('; ');
  const isBad = (row: Row) => ((row.difference as Span | null)?.share ?? 0) < 0;
  const [bad, good] = [real.filter(isBad), real.filter((row) => !isBad(row))];
  return [bad.length && words.rulesBad(named(bad)), good.length && words.rulesGood(named(good))].filter(Boolean).join(' ') || words.rulesNone;
}
