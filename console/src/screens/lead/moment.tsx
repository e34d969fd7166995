import { useEffect, useState } from 'preact/hooks';
import { moment as words } from '#texts/lead.ts';
import { now } from '../../format/clock.ts';
import { shortMoment } from '../../format/index.ts';
import { Button, Note } from '../../parts/index.ts';
import { goWith } from '../../shell/place.ts';
import { type LeadView, turns } from './ledger.ts';

const STEPS = 500;
const SETTLED = 300;

/** A way back in time: the lead as it was known then. The address holds the moment. */
export function Moment({ lead, at }: { lead: LeadView; at: string | undefined }) {
  const [end] = useState(() => now.peek());
  const [known] = useState(() => turns(lead));
  const begin = Date.parse(lead.created_at);
  const chosen = at ? Date.parse(at) : undefined;
  const [moving, setMoving] = useState<number | undefined>();
  useEffect(() => {
    if (moving === undefined) return undefined;
    const timer = setTimeout(() => { to(moving); setMoving(undefined); }, SETTLED);
    return () => clearTimeout(timer);
  }, [moving]);
  const to = (moment: number | undefined) => goWith({ at: moment === undefined || moment >= end ? undefined : iso(moment) }, { replace: true });
  const here = moving ?? chosen ?? end;
  const before = known.findLast((each) => each < here);
  const after = known.find((each) => each > here);
  const said = here >= end ? words.now : shortMoment(here);
  if (!(end > begin)) return null;
  return (
    <div class="lead-moment">
      <label>
        <span class="small muted">{words.label}</span> <output>{said}</output>
        <input type="range" min={0} max={STEPS} value={Math.round((STEPS * (here - begin)) / (end - begin))} aria-valuetext={said} title={words.hint}
          onInput={(event) => setMoving(begin + ((end - begin) * Number(event.currentTarget.value)) / STEPS)} />
      </label>
      <div class="row">
        <Button kind="quiet" icon="back" disabled={before === undefined} onClick={() => to(before)}>{words.earlier}</Button>
        <Button kind="quiet" icon="next" disabled={here >= end} onClick={() => to(after)}>{words.later}</Button>
        {at && <Button kind="quiet" onClick={() => to(undefined)}>{words.back}</Button>}
      </div>
      {at && <Note tone="soon" icon="clock">{words.then}</Note>}
    </div>
  );
}

/** A moment as the API takes it, to the second; of what happened within that second all counts. */
function iso(moment: number): string {
  return new Date(Math.ceil(moment / 1_000) * 1_000).toISOString().replace('.000', '');
}
