/** The figures of a trial as the API tells them, and how they read. */

export interface Counted { won: number; of: number; share: number | null }
export type Interval = readonly [number, number] | null;

export interface Cell {
  name: 'both' | 'only_draft' | 'only_today' | 'neither';
  leads: number;
  won: number;
  lost: number;
  returned: Record<string, number>;
  open: number;
  unknown: number;
  counted: Counted;
  within: Interval;
}

export interface Load {
  agreement: 'today' | 'draft';
  team: string;
  days: number;
  leads: number;
  median: number;
  most: number;
  reps: number | null;
  per_rep: number | null;
  most_per_rep: number | null;
  capacity: number | null;
  full_after: number | null;
}

export interface Step {
  threshold: number;
  leads: number;
  counted: Counted;
  within: Interval;
  missed: number;
  a_day: number | null;
}

export interface Bar { least: number | null; below: number | null; counted: Counted }

/** What of `result` the screen shows. */
export interface TrialFigures {
  balance: { leads: number };
  cells: Cell[];
  difference: { difference: number | null; within: Interval };
  load: Load[];
  threshold: number;
  ladder: Step[];
  bars: Bar[];
}

/** Returns a share in whole percent: `24 %`; `<1 %` is not none, `>99 %` is not all, and a dash stands for none known. */
export function percent(share: number | null): string {
  if (share === null) return '–';
  if (share > 0 && share < 0.005) return '<1 %';
  return share >= 0.995 && share < 1 ? '>99 %' : `${Math.round(100 * share)} %`;
}

/** Returns an interval of shares: `19 % to 29 %`; empty where there is none. */
export function between(within: Interval, to: string): string {
  return within ? `${percent(within[0])} ${to} ${percent(within[1])}` : '';
}

/** Returns a difference of shares in points of a hundred: `+12`, `−3`. */
export function points(difference: number): string {
  const whole = Math.round(100 * difference);
  return `${whole < 0 ? '−' : '+'}${Math.abs(whole)}`;
}

/** Returns the bars of the distribution of scores, at most so many: neighbours are put together, and ends are kept. */
export function distribution(bars: readonly Bar[], most = 14): Bar[] {
  const together = Math.ceil(bars.length / most);
  const found: Bar[] = [];
  for (let index = 0; index < bars.length; index += together) {
    const some = bars.slice(index, index + together);
    const won = some.reduce((sum, each) => sum + each.counted.won, 0);
    const of = some.reduce((sum, each) => sum + each.counted.of, 0);
    found.push({ least: some[0]?.least ?? null, below: some.at(-1)?.below ?? null, counted: { won, of, share: of ? won / of : null } });
  }
  return found;
}

/** Returns the steps of the ladder that one looks at first: the draft's threshold and so many on either side. */
export function around(ladder: readonly Step[], threshold: number, beside = 4): Step[] {
  const own = Math.max(ladder.findIndex((step) => step.threshold === threshold), 0);
  return ladder.slice(Math.max(0, own - beside), own + beside + 1);
}
