import { useEffect, useRef, useState } from 'preact/hooks';
import { moment as words } from '#texts/lead.ts';
import { useRead } from '../../api/index.ts';
import { now } from '../../format/clock.ts';
import { inputMoment, shortDate, shortMoment } from '../../format/index.ts';
import { Button, Note, Time } from '../../parts/index.ts';
import { goWith } from '../../shell/place.ts';
import type { LeadView } from './ledger.ts';
import { nearTo, type Turn, together, turns } from './turns.ts';

const STEPS = 500;
const NEAR = 6;
const SETTLED = 300;

/** A way back in time: the lead as it was known then. The address holds the moment; marks show what happened when.
 *
 * What happened after a moment is told by the lead as it is now, which is read once where an address led to the past.
 */
export function Moment({ lead, at }: { lead: LeadView; at: string | undefined }) {
  const [end] = useState(() => now.peek());
  const today = useRead('/leads/{lead_id}', at ? { path: { lead_id: lead.lead_id } } : null, Infinity);
  const seen = useRef<Turn[]>([]);
  seen.current = together([...seen.current, ...turns(lead), ...(today.data ? turns(today.data) : [])]);
  const known = seen.current.filter((each) => each.at <= end);
  const begin = Date.parse(lead.created_at);
  const [moving, setMoving] = useState<number | undefined>();
  useEffect(() => {
    if (moving === undefined) return undefined;
    const timer = setTimeout(() => { to(moving); setMoving(undefined); }, SETTLED);
    return () => clearTimeout(timer);
  }, [moving]);
  if (!(end > begin)) return null;
  const to = (moment: number | undefined) => goWith({ at: moment === undefined || moment >= end ? undefined : iso(moment) }, { replace: true });
  const here = moving ?? (at ? Date.parse(at) : end);
  const before = known.findLast((each) => each.at < here);
  const after = known.find((each) => each.at > here);
  const last = known.findLast((each) => each.at <= here);
  const said = here >= end ? words.now : shortMoment(here, undefined, end);
  const step = (moment: number) => (STEPS * (moment - begin)) / (end - begin);
  const moved = (value: number) => setMoving(nearTo(begin + ((end - begin) * value) / STEPS, known, ((end - begin) * NEAR) / STEPS));
  const press = (event: KeyboardEvent) => {
    const there = event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? (before?.at ?? begin)
      : event.key === 'ArrowRight' || event.key === 'ArrowUp' ? (after?.at ?? end) : undefined;
    if (there === undefined) return;
    event.preventDefault();
    setMoving(there);
  };
  return (
    <div class="lead-moment">
      <label>
        <span class="small muted">{words.label}</span> <output>{said}</output>
        <input type="range" min={0} max={STEPS} value={Math.round(step(here))} aria-valuetext={last ? words.value(said, words.what(last.what)) : said}
          title={words.hint} onKeyDown={press} onInput={(event) => moved(Number(event.currentTarget.value))} />
      </label>
      <svg class="lead-ticks" viewBox={`0 0 ${STEPS} 10`} preserveAspectRatio="none" aria-hidden="true">
        {known.map((each) => <line key={each.at} class={each.main ? 'main' : ''} x1={step(each.at)} x2={step(each.at)} y1="0" y2={each.main ? 10 : 6} />)}
      </svg>
      <p class="lead-span small muted"><Time at={begin} as="date" /><span>{words.today(shortDate(end))}</span></p>
      {last && <p class="small"><span class="muted">{words.last}</span> <Time at={last.at} />: {words.what(last.what)}</p>}
      <div class="row">
        <Button kind="quiet" icon="back" disabled={!before} onClick={() => to(before?.at)}>{words.earlier}</Button>
        <Button kind="quiet" icon="next" disabled={here >= end} onClick={() => to(after?.at)}>{words.later}</Button>
        <label class="lead-day"><span class="small muted">{words.day}</span>
          <input type="date" min={day(begin)} max={day(end)} value={here >= end ? '' : day(here)} onChange={(event) => to(endOf(event.currentTarget.value, begin))} />
        </label>
        {at && <Button kind="quiet" onClick={() => to(undefined)}>{words.back}</Button>}
      </div>
      {at && <Note tone="soon" icon="clock">{words.then}</Note>}
    </div>
  );
}

function day(moment: number): string {
  return inputMoment(new Date(moment)).slice(0, 10);
}

/** Returns the last second of a day where the reader is, but none before the beginning; undefined without a day. */
function endOf(typed: string, begin: number): number | undefined {
  const moment = Date.parse(`${typed}T23:59:59`);
  return Number.isNaN(moment) ? undefined : Math.max(begin, moment);
}

/** A moment as the API takes it, to the second; of what happened within that second all counts. */
function iso(moment: number): string {
  return new Date(Math.ceil(moment / 1_000) * 1_000).toISOString().replace('.000', '');
}
