import { now } from '../format/clock.ts';
import { agoWords, dueWords, fullMoment, shortDate, shortMoment, urgency } from '../format/index.ts';
import { agreedZone } from '../session/zone.ts';

/** A countdown to a deadline, with the full moment as its title: `due in 1 h 12 min`, `overdue by 3 h`. */
export function Due({ at }: { at: string | number }) {
  const due = new Date(at).getTime();
  return (
    <time class={`due ${urgency(due, now.value)}`} dateTime={new Date(due).toISOString()} title={fullMoment(due, agreedZone.value)}>
      {dueWords(due, now.value)}
    </time>
  );
}

/** A moment in the reader's zone, with the agreement's in the title. `as` is how it reads. */
export function Time({ at, as = 'moment' }: { at: string | number | Date; as?: 'moment' | 'date' | 'ago' }) {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return <>{String(at)}</>;
  const words = as === 'ago' ? agoWords(moment.getTime(), now.value) : as === 'date' ? shortDate(moment) : shortMoment(moment, undefined, now.peek());
  return <time dateTime={moment.toISOString()} title={fullMoment(moment, agreedZone.value)}>{words}</time>;
}

/** Whether a deadline has passed by now. */
export function isLate(at: string | null | undefined): boolean {
  return !!at && new Date(at).getTime() <= now.value;
}
