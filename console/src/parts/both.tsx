import { both as words } from '#texts/parts.ts';
import { Button } from './button.tsx';
import { Note } from './notes.tsx';

export interface TwiceChanged {
  name: string;
  /** In words; empty if nothing stands there. */
  mine: string;
  theirs: string;
}

/** Somebody else changed what one was changing: what both say, field by field, and whose shall stand. */
export function Both({ fields, onMine, onTheirs }: { fields: readonly TwiceChanged[]; onMine: () => void; onTheirs: () => void }) {
  return (
    <div role="alert">
      <Note tone="soon" icon="warning">
        <strong>{words.changed}</strong>
        <p>{words.detail}</p>
        {fields.map(({ name, mine, theirs }) => (
          <dl key={name} class="both">
            <dt>{name}</dt>
            <dd><span class="muted">{words.who.mine}</span> {mine || words.nothing}</dd>
            <dd><span class="muted">{words.who.theirs}</span> {theirs || words.nothing}</dd>
          </dl>
        ))}
        <div class="row"><Button onClick={onMine}>{words.mine}</Button><Button onClick={onTheirs}>{words.theirs}</Button></div>
      </Note>
    </div>
  );
}
