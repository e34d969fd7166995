/** A figure whose leads are asked for, as the address names it. Pure. */
import { meeting as words } from '#texts/meeting.ts';
import { shortDate } from '../../format/moments.ts';
import type { Figure, Period } from './figures.ts';

/** The line of all that a report has no room for: it has no leads of its own. */
const OTHERS = '(others)';

/** Whether the API tells the leads behind a figure of this line. */
export function hasLeads({ name }: Pick<Figure, 'name'>): boolean {
  return name !== OTHERS;
}

/** Writes a figure, and its period if that is another than the meeting's, as the address names it. */
export function writtenFigure({ report, group, name, figure }: Figure, period?: Period): string {
  return [report, group, name, figure, ...(period ? [period.from, period.to] : [])].join('|');
}

const WRITTEN = /^(?<report>[^|]+)\|(?<group>[^|]+)\|(?<name>.+?)\|(?<figure>[^|]+)(?:\|(?<from>\d{4}-[^|]+)\|(?<to>\d{4}-[^|]+))?$/;

/** Reads a figure as the address names it; an address of a person may have a bar in it, too. */
export function readFigure(written: string | null): { asked: Figure; period: Period | undefined } | undefined {
  const { report, group, name, figure, from, to } = WRITTEN.exec(written ?? '')?.groups ?? {};
  if (!report || !group || !name || !figure) return undefined;
  return { asked: { report, group, name, figure }, period: from && to ? { from, to } : undefined };
}

/** Returns of which period leads are, in the days of the report's time zone, wherever the reader is. */
export function periodWords({ from, to }: Period, zone: string | undefined): string {
  return words.ofPeriod(shortDate(from, zone), shortDate(to, zone));
}
