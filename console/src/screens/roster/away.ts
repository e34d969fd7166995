/** Says when somebody of a roster is away now or soon. Pure. */
import { roster as words } from '#texts/roster.ts';
import { isoDay, shortDay, shortMoment } from '../../format/moments.ts';

interface Absence {
  from: string;
  to: string;
}

const DAY = 86_400_000;
/** So many days ahead a leave is soon. */
const SOON = 14;
/** A leave until a later year is one until further notice. */
const LAST_YEAR = '2199';

/**
 * Returns `away until Mon 7 Dec` while somebody is on leave, and before one that is soon when that is, and whether it has
 * begun; undefined without one. `now` is in milliseconds; days are those of the person's `zone`.
 */
export function leaveNear(away: readonly Absence[] | undefined, now: number, zone: string | undefined): { told: string; begun: boolean } | undefined {
  const left = (away ?? []).filter((each) => !isBefore(each.to, now, zone));
  const begun = left.filter((each) => !isAfter(each.from, now, zone));
  const last = begun.sort((one, other) => one.to.localeCompare(other.to)).at(-1);
  if (last) return { told: words.awayUntil(end(last, now, zone)), begun: true };
  const next = left.filter((each) => !isAfter(each.from, now + SOON * DAY, zone)).sort((one, other) => one.from.localeCompare(other.from))[0];
  if (!next) return undefined;
  const [from, to] = [dayTold(next.from, now, zone), end(next, now, zone)];
  return { told: from === to ? words.awayOn(from) : words.awayFrom(from, to), begun: false };
}

const isDay = (at: string) => !at.includes('T');

function isBefore(at: string, now: number, zone: string | undefined): boolean {
  return isDay(at) ? at < isoDay(now, zone) : Date.parse(at) <= now;
}

function isAfter(at: string, now: number, zone: string | undefined): boolean {
  return isDay(at) ? at > isoDay(now, zone) : Date.parse(at) > now;
}

function end({ to }: Absence, now: number, zone: string | undefined): string {
  return to.slice(0, 4) > LAST_YEAR ? words.openEnded : dayTold(to, now, zone);
}

/** A day in short, of another year with its year; a moment with its hour, in the zone. */
function dayTold(at: string, now: number, zone: string | undefined): string {
  return isDay(at) ? shortDay(at, isoDay(now, zone)) : shortMoment(at, zone, now);
}
