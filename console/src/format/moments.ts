/** Writes moments in the reader's time zone, and beside it in the agreement's where the two differ. */
import { locale, units } from '#texts/times.ts';

/** Returns the time zone of this browser, such as `Europe/Berlin`. */
export function readersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const short = formatter({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const shortOfYear = formatter({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const year = formatter({ year: 'numeric' });
const whole = formatter({ dateStyle: 'full', timeStyle: 'short' });
const long = formatter({ dateStyle: 'long', timeStyle: 'short' });
const hour = formatter({ hour: '2-digit', minute: '2-digit' });
const iso = formatter({ dateStyle: 'short' }, 'sv-SE');
const dayOfYear = formatter({ weekday: 'short', day: 'numeric', month: 'short' });
const date = formatter({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });

/** Returns `Wed 2 Dec, 14:05`; a moment of another year than the `present` one with its year. */
export function shortMoment(at: Date | string | number, zone?: string, present?: number): string {
  const moment = new Date(at);
  const isThisYear = present === undefined || year(zone).format(moment) === year(zone).format(present);
  return (isThisYear ? short : shortOfYear)(zone).format(moment);
}

/** Returns `14:05`. */
export function clockTime(at: Date | string | number, zone?: string): string {
  return hour(zone).format(new Date(at));
}

/** Returns `Wed, 2 Dec 2026`. */
export function shortDate(at: Date | string | number, zone?: string): string {
  return date(zone).format(new Date(at));
}

/** Returns the day of a moment in a time zone, the reader's without one, as the API takes it: `2026-12-02`. */
export function isoDay(at: Date | string | number, zone?: string | null): string {
  return iso(zone ?? undefined).format(new Date(at));
}

/** Returns a day of a calendar, `2026-12-02`, as `Wed, 2 Dec 2026` in every zone; a moment as `shortMoment` does. */
export function dayWords(at: string): string {
  return at.includes('T') ? shortMoment(at) : shortDate(at, 'UTC');
}

/** Returns a date that somebody gave as that date: a moment at which a day begins in `zone`. Any other is a `shortMoment`. */
export function givenMoment(at: Date | string | number, zone: string | null, present?: number, own?: string): string {
  const there = zone ?? own;
  const moment = new Date(at).getTime();
  const isDate = isoDay(moment, there) !== isoDay(moment - 1, there);
  return isDate ? shortDate(moment, there) : shortMoment(moment, own, present);
}

/** Returns a day of a calendar in short, `Wed 2 Dec`; of another year than the `present` day with its year. */
export function shortDay(day: string, present: string): string {
  return (day.slice(0, 4) === present.slice(0, 4) ? dayOfYear : date)('UTC').format(new Date(day));
}

/** Returns the moment in full, in the reader's zone, and in the other one if it reads otherwise there. */
export function fullMoment(at: Date | string | number, other?: string | null, own: string = readersZone()): string {
  const moment = new Date(at);
  const mine = `${whole(own).format(moment)} (${own})`;
  if (!other || other === own || whole(other).format(moment) === whole(own).format(moment)) return mine;
  return `${mine}\n${units.inZone(whole(other).format(moment), other)}`;
}

/** Returns `2 December 2026 at 14:05`. */
export function longMoment(at: Date | string | number, zone?: string): string {
  return long(zone).format(new Date(at));
}

/** Returns when the day of a moment began in the reader's zone, in ISO 8601; `now` in milliseconds. */
export function startOfDay(now: number): string {
  return new Date(new Date(now).setHours(0, 0, 0, 0)).toISOString();
}

/** Returns what an `<input type=datetime-local>` holds as a moment of the reader's zone in ISO 8601, or undefined. */
export function typedMoment(typed: string): string | undefined {
  const at = new Date(typed);
  return typed && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
}

/** Returns a moment as an `<input type=datetime-local>` takes it, in the reader's zone. */
export function inputMoment(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function formatter(options: Intl.DateTimeFormatOptions, written = locale): (zone?: string) => Intl.DateTimeFormat {
  const made = new Map<string | undefined, Intl.DateTimeFormat>();
  return (zone) => {
    const known = made.get(zone) ?? new Intl.DateTimeFormat(written, { ...options, timeZone: zone });
    made.set(zone, known);
    return known;
  };
}
