import type { ComponentChildren } from 'preact';
import { chart as words } from '#texts/parts.ts';
import type { Tone } from './tag.tsx';
import { Table } from './table.tsx';
import { wayThrough } from './way.ts';

export interface Bar {
  label: string;
  value: number;
  /** How the value reads; the number itself if absent. */
  words?: string;
  /** What stands in place of the number, such as a link to what is behind it. */
  shown?: ComponentChildren;
  tone?: Tone;
}

/** Bars side by side, drawn by ourselves so that they print sharply and follow dark mode; the numbers stand behind. */
export function Bars({ title, bars, most, unit = '' }: { title: string; bars: readonly Bar[]; most?: number; unit?: string }) {
  const highest = Math.max(most ?? 0, ...bars.map((bar) => bar.value), 1e-9);
  const said = (bar: Bar) => bar.words ?? `${bar.value}${unit}`;
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <ul aria-label={title}>
        {bars.map((bar) => (
          <li key={bar.label}>
            <span class="chart-label">{bar.label}</span>
            <svg class={`chart-bar ${bar.tone ?? 'accent'}`} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect class="chart-ground" width="100" height="10" rx="0" />
              <rect width={(100 * Math.max(bar.value, 0)) / highest} height="10" />
            </svg>
            <span class="chart-value">{bar.shown ?? said(bar)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** A point of a line; where its value is not known the line is broken. */
export interface Point extends Omit<Bar, 'value'> { value: number | null }

interface LineProps {
  title: string;
  points: readonly Point[];
  most?: number;
  target?: number;
  unit?: string;
  /** What the end of the line says, in words. */
  latest?: string | undefined;
}

/** A line over time, with a table of its points behind. */
export function Line({ title, points, most, target, unit = '', latest }: LineProps) {
  const highest = Math.max(most ?? 0, target ?? 0, ...points.map((point) => point.value ?? 0), 1e-9);
  const x = (index: number) => (points.length > 1 ? (index * 300) / (points.length - 1) : 150);
  const y = (value: number) => 78 - (value * 74) / highest;
  const known = points.map(({ value }, index) => (value === null ? undefined : [x(index), y(value)] as const));
  const said = (point: Point) => point.words ?? (point.value === null ? '–' : `${point.value}${unit}`);
  return (
    <figure class="chart">
      <figcaption>{title}{latest && <><br /><span class="small muted">{latest}</span></>}</figcaption>
      <svg class="chart-line" viewBox="-4 0 308 82" role="img" aria-label={`${title}: ${points.map((point) => `${point.label} ${said(point)}`).join(', ')}`}>
        <path class="chart-axis" d="M0 78H300" />
        {target !== undefined && <path class="chart-target" d={`M0 ${y(target)}H300`} />}
        <path class="chart-way" d={wayThrough(known)} />
        {known.map((at, index) => at && <circle key={points[index]?.label} cx={at[0]} cy={at[1]} r="2.500" />)}
      </svg>
      <details>
        <summary>{words.table}</summary>
        <Table caption={title} hideCaption rows={points} idOf={(point) => point.label}
          columns={[{ name: words.when, cell: (point) => point.label }, { name: title, number: true, cell: (point) => point.shown ?? said(point) }]} />
      </details>
    </figure>
  );
}
