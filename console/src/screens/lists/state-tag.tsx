import { lists as words } from '#texts/lists.ts';
import type { Schema } from '../../api/index.ts';
import { Tag, type Tone } from '../../parts/index.ts';

type Standing = Pick<Schema<'Import'>, 'state' | 'progress'>;

const TONES: Record<Standing['state'], Tone> = { awaiting_upload: 'plain', running: 'accent', done: 'done', failed: 'late' };

/** Where an import stands, and whether all of it was taken. */
export function StateTag({ one: { state, progress } }: { one: Standing }) {
  const refused = state === 'done' ? progress.refused + progress.failed : 0;
  if (!refused) return <Tag tone={TONES[state]}>{words.states[state]}</Tag>;
  return refused === progress.lines ? <Tag tone="late">{words.refusedAll}</Tag> : <Tag tone="soon">{words.refusedSome(refused)}</Tag>;
}
