/** Says how long something takes or is late, as briefly as one reads it at a glance. */
import { units } from '#texts/times.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Returns `1 h 12 min`, `45 min`, `2 days 3 h` or `3 weeks` for so many milliseconds, whichever their sign. */
export function span(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  if (length < MINUTE) return units.moment;
  const minutes = Math.floor(length / MINUTE);
  if (minutes < 60) return units.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return units.hours(hours, minutes % 60);
  const days = Math.floor(hours / 24);
  if (days < 14) return units.days(days, days < 3 ? hours % 24 : 0);
  return units.weeks(Math.floor(days / 7));
}

export type Urgency = 'late' | 'soon' | 'later';

/**
 * Returns whether a deadline has passed, comes within two hours, or later; all times in milliseconds.
 * What is due at an appointment is late only after its grace: until `lateAfter` it is due soon.
 */
export function urgency(due: number, now: number, lateAfter = due): Urgency {
  if (lateAfter <= now) return 'late';
  return due - now <= 2 * HOUR ? 'soon' : 'later';
}

/** Returns the words of a deadline: `due in 1 h 12 min`, `overdue by 3 h`; within its grace `due now`. */
export function dueWords(due: number, now: number, lateAfter = due): string {
  if (lateAfter <= now) return units.overdue(span(now - lateAfter));
  return due <= now ? units.dueNow : units.due(span(due - now));
}

/** Returns the words of a moment in the past or the future: `3 h ago`, `in 2 days`. */
export function agoWords(at: number, now: number): string {
  if (Math.abs(at - now) < MINUTE) return units.now;
  return at <= now ? units.ago(span(now - at)) : units.ahead(span(at - now));
}

export { DAY, HOUR, MINUTE };
