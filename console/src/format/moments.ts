/** Writes moments in the reader's time zone, and beside it in the agreement's where the two differ. */
import { locale, units } from '#texts/times.ts';

/** Returns the time zone of this browser, such as `Europe/Berlin`. */
export function readersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const short = formatter({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const whole = formatter({ dateStyle: 'full', timeStyle: 'short' });
const long = formatter({ dateStyle: 'long', timeStyle: 'short' });
const date = formatter({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });

const KEPT_TIME = /(\d{1,2} [A-Z][a-z]+ \d{4}) at (\d\d:\d\d) UTC/g;

/** Returns `Wed 2 Dec, 14:05`. */
export function shortMoment(at: Date | string | number, zone?: string): string {
  return short(zone).format(new Date(at));
}

/** Returns `Wed, 2 Dec 2026`. */
export function shortDate(at: Date | string | number, zone?: string): string {
  return date(zone).format(new Date(at));
}

/** Returns the moment in full, in the reader's zone, and in the other one if it reads otherwise there. */
export function fullMoment(at: Date | string | number, other?: string | null, own: string = readersZone()): string {
  const moment = new Date(at);
  const mine = `${whole(own).format(moment)} (${own})`;
  if (!other || other === own || whole(other).format(moment) === whole(own).format(moment)) return mine;
  return `${mine}\n${units.inZone(whole(other).format(moment), other)}`;
}

/** Returns a kept sentence with its times told where the reader is: `24 November 2026 at 09:30 UTC` as `24 November 2026 at 10:30`. */
export function hereTold(text: string, zone?: string): string {
  return text.replace(KEPT_TIME, (kept, day: string, time: string) => {
    const at = new Date(`${day} ${time} UTC`);
    return Number.isNaN(at.getTime()) ? kept : long(zone).format(at);
  });
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

function formatter(options: Intl.DateTimeFormatOptions): (zone?: string) => Intl.DateTimeFormat {
  const made = new Map<string | undefined, Intl.DateTimeFormat>();
  return (zone) => {
    const known = made.get(zone) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    made.set(zone, known);
    return known;
  };
}
