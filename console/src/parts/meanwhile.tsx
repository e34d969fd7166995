import { useRef } from 'preact/hooks';
import { meanwhile as words } from '#texts/meanwhile.ts';
import { useRead } from '../api/index.ts';
import { changesSince, type Seen } from '../format/meanwhile.ts';
import { Note } from './notes.tsx';

/** Milliseconds until what a colleague did is seen. */
const EVERY = 10_000;

/** Stands in each form about a lead: what became of the lead since the form was opened, so that nobody presses unknowing. */
export function Meanwhile({ lead }: { lead: Seen }) {
  const seen = useRef(lead).current;
  const { data } = useRead('/leads/{lead_id}', { path: { lead_id: seen.lead_id } }, EVERY);
  const changes = data ? changesSince(seen, data) : [];
  return (
    <div role="status" class={changes.length ? '' : 'sr'}>
      {changes.length > 0 && (
        <Note tone="soon" icon="people">
          <strong>{words.title}</strong> {changes.join(' ')} <span class="muted">{words.kept}</span>
        </Note>
      )}
    </div>
  );
}
