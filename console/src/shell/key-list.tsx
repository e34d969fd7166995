/** The keys of the shown screen, and the switch that silences them. */
import { shell as words } from '#texts/shell.ts';
import { Check } from '../parts/field.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { keysOn, listening, switchKeys } from './keys.ts';

export function KeyList({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={words.keys} onClose={onClose}>
      <div class="stack">
        <dl class="keys">
          {listening.value.toReversed().flat().map((each) => (
            <div key={each.key + each.words}><dt><kbd>{each.key}</kbd></dt><dd>{each.words}</dd></div>
          ))}
          <div><dt><kbd>Ctrl K</kbd></dt><dd>{words.keyList.search}</dd></div>
        </dl>
        <Check label={words.keysOn} checked={keysOn.value} onChange={switchKeys} />
      </div>
    </Dialog>
  );
}
