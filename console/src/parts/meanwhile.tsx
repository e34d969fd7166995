import { useEffect, useRef, useState } from 'preact/hooks';
import { meanwhile as words } from '#texts/meanwhile.ts';
import { type Answer, readOnce, useRead } from '../api/index.ts';
import { changesSince, lastDeed, type Seen } from '../format/meanwhile.ts';
import { person } from '../session/session.ts';
import { Time } from './due.tsx';
import { Note } from './notes.tsx';
import { Said } from './said.tsx';

/** Milliseconds until what a colleague did is seen. */
const EVERY = 10_000;
/** So many of the newest events are looked at for what a colleague did: Baton's own acts follow it. */
const NEWEST = '10';

/** Stands in each form about a lead: what became of the lead since the form was opened, so that nobody presses unknowing.
 *
 * What a colleague did last is told in words, with when: the timeline is read once for each change, and not before one.
 */
export function Meanwhile({ lead }: { lead: Seen }) {
  const seen = useRef(lead).current;
  const { data, fault } = useRead('/leads/{lead_id}', { path: { lead_id: seen.lead_id } }, EVERY);
  const changed = data && Date.parse(data.updated_at) > Date.parse(seen.updated_at) ? data.updated_at : undefined;
  const [newest, setNewest] = useState<Answer<'/leads/{lead_id}/timeline'>['events']>([]);
  useEffect(() => {
    if (!changed) return undefined;
    let isOpen = true;
    const asked = { path: { lead_id: seen.lead_id }, query: { order: 'newest', words: 'en', limit: NEWEST } } as const;
    readOnce('/leads/{lead_id}/timeline', asked).then(({ events }) => isOpen && setNewest(events), () => undefined); // without it, what is true now is told all the same
    return () => {
      isOpen = false;
    };
  }, [changed]);
  const isErased = fault?.kind === 'absent'; // of one that was merged, the other is read
  const changes = isErased ? [words.erased] : data ? changesSince(seen, data) : [];
  const last = lastDeed(seen, newest, person.value?.email);
  return (
    <div role="status" class={changes.length || last ? '' : 'sr'}>
      {(changes.length > 0 || last) && (
        <Note tone="soon" icon="people">
          <strong>{words.title}</strong> {changes.join(' ')}
          {last && <p><Time at={last.at} as="ago" />{last.words?.includes(last.by) ? '' : words.by(last.by)}: <Said text={last.words} parts={last.parts} near={last.at} /></p>}
          {!isErased && <>{' '}<span class="muted">{words.kept}</span></>}
        </Note>
      )}
    </div>
  );
}
