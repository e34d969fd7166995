/** Who is signed in, and what they can do about it. */
import { useState } from 'preact/hooks';
import { shell as words } from '#texts/shell.ts';
import { Fault } from '../api/faults.ts';
import { readersZone } from '../format/index.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { FaultNote } from '../parts/notes.tsx';
import { person, signOut } from '../session/session.ts';

export function Account({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const [fault, setFault] = useState<Fault | undefined>();
  const { email, groups } = person.value;
  const out = (everywhere: boolean) => {
    signOut(everywhere).catch((failure: unknown) => setFault(failure instanceof Fault ? failure : new Fault('other')));
  };
  return (
    <Dialog title={words.account(email)} onClose={onClose}>
      <div class="stack">
        <p class="muted">{words.groups(groups)}<br />{words.zone(readersZone())}</p>
        <FaultNote fault={fault} />
        <div class="row">
          <Button onClick={() => out(false)}>{words.signOut}</Button>
          <Button kind="quiet" onClick={() => out(true)}>{words.signOutEverywhere}</Button>
          <Button kind="quiet" keyName="?" onClick={onKeys}>{words.keys}</Button>
        </div>
      </div>
    </Dialog>
  );
}
