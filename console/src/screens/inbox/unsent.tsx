/** What a rep typed about a lead that is not theirs any more: it is shown, so that it can be copied, until they let go of it. */
import { useState } from 'preact/hooks';
import { inbox } from '#texts/inbox.ts';
import { Button, Note } from '../../parts/index.ts';
import { draftOf, dropDrafts } from '../../shell/drafts.ts';
import { type Answers, NEEDS } from './learned.ts';

interface Typed {
  note?: string;
  amount?: string;
  reason?: string;
  answers?: Answers;
}

export function Unsent({ handoffId, leadId }: { handoffId: string; leadId: string }) {
  const [, redraw] = useState(0);
  const keys = [...['contact', 'return', 'close', 'pass'].map((form) => `${form}:${handoffId}`), `learn:${leadId}`];
  const said = keys.flatMap((key) => wordsOf(draftOf<Typed>(key), key));
  if (!said.length) return null;
  const forget = () => {
    dropDrafts(keys);
    redraw((count) => count + 1);
  };
  return (
    <Note tone="soon" icon="warning">
      <strong>{inbox.gone.unsent}</strong>
      {said.map((each, at) => <p key={at} class="pre">{each}</p>)}
      <div class="row"><Button onClick={forget}>{inbox.gone.forget}</Button></div>
    </Note>
  );
}

/** The words in a draft; the reason of a return is none: it is chosen. */
function wordsOf(draft: Typed | undefined, key: string): string[] {
  const { note, amount, reason, answers } = draft ?? {};
  const all = [note, amount, key.startsWith('return:') ? '' : reason, ...NEEDS.map((need) => answers?.[need]?.words)];
  return all.flatMap((each) => each?.trim() || []);
}
