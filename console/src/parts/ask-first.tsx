import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Fault } from '../api/faults.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { FaultNote } from './notes.tsx';

interface AskFirstProps {
  /** What is done, on the button before the question and on the one in it. */
  deed: string;
  title: string;
  /** What follows from it. */
  children: ComponentChildren;
  /** Leaves everything as it is. */
  keep: string;
  pending: boolean;
  fault: Fault | undefined;
  onDo: () => void;
}

/** Something that is not taken back easily: a button, and a question before it is done. */
export function AskFirst({ deed, title, children, keep, pending, fault, onDo }: AskFirstProps) {
  const [asked, setAsked] = useState(false);
  return (
    <div class="row">
      <Button kind="danger" onClick={() => setAsked(true)}>{deed}</Button>
      {asked && (
        <Dialog title={title} onClose={() => setAsked(false)}>
          <div class="stack">
            <p>{children}</p>
            <FaultNote fault={fault} again={onDo} pending={pending} />
            <div class="row">
              <Button kind="danger" pending={pending} onClick={onDo}>{deed}</Button>
              <Button kind="quiet" onClick={() => setAsked(false)}>{keep}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}
