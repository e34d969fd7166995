import { now } from '../format/clock.ts';
import { agoWords, dueWords, fullMoment, givenMoment, shortDate, shortMoment, urgency } from '../format/index.ts';
import { agreedZone } from '../session/zone.ts';

/**
 * A countdown to a deadline, with the full moment as its title: `due in 1 h 12 min`, `overdue by 3 h`. On paper the
 * moment stands beside it.
 * `lateAfter` is when its grace ends, after an appointment: until then it is `due now`.
 */
export function Due({ at, lateAfter }: { at: string | number; lateAfter?: string | number | null | undefined }) {
  const due = new Date(at).getTime();
  const late = new Date(lateAfter ?? at).getTime();
  return (
    <time class={`due ${urgency(due, now.value, late)}`} dateTime={new Date(due).toISOString()} data-at={shortMoment(due)} title={fullMoment(due, agreedZone.value)}>
      {dueWords(due, now.value, late)}
    </time>
  );
}

/** The countdown of a row's clock. While one clock has its grace, another one may be late: then since when. */
export function ClockDue({ of }: { of: { clock: { due_at: string; late_after: string } | null; overdue_since: string | null } }) {
  if (of.overdue_since) return <Due at={of.overdue_since} />;
  return of.clock && <Due at={of.clock.due_at} lateAfter={of.clock.late_after} />;
}

/**
 * A moment in the reader's zone, with the agreement's in the title. `as` is how it reads: a `date` is that of the reader,
 * a `day` one that somebody gave, which is that of the agreement for every reader. `given` is what may be either: a day
 * if it begins in the agreement's zone just then, or else a moment.
 */
export function Time({ at, as = 'moment' }: { at: string | number | Date; as?: 'moment' | 'date' | 'day' | 'given' | 'ago' }) {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return <>{String(at)}</>;
  const words = as === 'ago' ? agoWords(moment.getTime(), now.value) : as === 'date' ? shortDate(moment) : as === 'day' ? shortDate(moment, agreedZone.value ?? undefined) : as === 'given' ? givenMoment(moment, agreedZone.value, now.peek()) : shortMoment(moment, undefined, now.peek());
  return <time class={as === 'ago' ? 'ago' : undefined} dateTime={moment.toISOString()} data-at={as === 'ago' ? shortMoment(moment) : undefined} title={fullMoment(moment, agreedZone.value)}>{words}</time>;
}
