import { lists as words } from '#texts/lists.ts';
import type { Schema } from '../../api/index.ts';
import { Tag, type Tone } from '../../parts/index.ts';

type State = Schema<'Import'>['state'];

const TONES: Record<State, Tone> = { awaiting_upload: 'plain', running: 'accent', done: 'done', failed: 'late' };

/** Where an import stands. */
export function StateTag({ state }: { state: State }) {
  return <Tag tone={TONES[state]}>{words.states[state]}</Tag>;
}
