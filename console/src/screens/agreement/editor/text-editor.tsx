/** The text of an agreement to read or to write; the editor itself comes when it is needed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { Loading, Note } from '../../../parts/index.ts';
import type { Finding } from '../findings.ts';
import type { Editor } from './editor.ts';

interface TextEditorProps {
  label: string;
  /** The text to begin with. */
  text: string;
  /** Another value puts `text` into the editor; the old text comes back by undo. */
  stamp?: string;
  readOnly?: boolean;
  onChange?: (text: string) => void;
  faults?: readonly Finding[];
  warnings?: readonly Finding[];
  onReady?: (editor: Editor) => void;
  onFailed?: () => void;
}

const NONE: readonly Finding[] = [];

export function TextEditor({ label, text, stamp = '', readOnly, onChange, faults = NONE, warnings = NONE, onReady, onFailed }: TextEditorProps) {
  const room = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | undefined>(undefined);
  const latest = useRef({ text, stamp, onChange, faults, warnings });
  latest.current = { text, stamp, onChange, faults, warnings };
  const finder = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<'coming' | 'here' | 'failed'>('coming');
  useEffect(() => {
    let gone = false;
    Promise.all([import('./editor.ts'), readOnly ? undefined : import('./editor-schema.ts')]).then(([{ openEditor }, schema]) => {
      if (gone || !room.current) return;
      const opened = openEditor(room.current, {
        text: latest.current.text, label, readOnly: !!readOnly, onChange: (typed) => latest.current.onChange?.(typed),
        onFind: () => finder.current?.focus(),
      });
      if (schema) opened.know(schema.agreementSchema);
      opened.mark(latest.current.faults, latest.current.warnings);
      editor.current = opened;
      setState('here');
      onReady?.(opened);
    }, () => {
      if (gone) return;
      setState('failed');
      onFailed?.();
    });
    return () => {
      gone = true;
      editor.current?.close();
      editor.current = undefined;
    };
  }, []);
  const shown = useRef(stamp);
  useEffect(() => {
    if (shown.current !== stamp) editor.current?.replace(latest.current.text);
    shown.current = stamp;
  }, [stamp]);
  useEffect(() => editor.current?.mark(faults, warnings), [faults, warnings]);
  if (state === 'failed') return <PlainText label={label} text={text} readOnly={!!readOnly} onChange={onChange} />;
  return (
    <div class="agreement-editor">
      {state === 'here' && <Finder input={finder} find={(word, backwards) => editor.current?.find(word, backwards) ?? { at: 0, of: 0 }} onLeave={() => editor.current?.focus()} />}
      {state === 'coming' && <Loading label={words.editor.coming} lines={8} />}
      <div class="agreement-editor-room" ref={room} hidden={state === 'coming'} />
    </div>
  );
}

/** Finds words in the text, of which the editor draws only what is seen. */
function Finder({ input, find, onLeave }: { input: { current: HTMLInputElement | null }; find: (word: string, backwards: boolean) => { at: number; of: number }; onLeave: () => void }) {
  const [told, setTold] = useState('');
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    if (event.key === 'Escape') onLeave();
    if (event.key !== 'Enter' || !event.currentTarget.value) return;
    event.preventDefault();
    const { at, of } = find(event.currentTarget.value, event.shiftKey);
    setTold(words.editor.found(at, of));
  };
  return (
    <div class="agreement-find">
      <input ref={input} type="search" aria-label={words.editor.find} placeholder={words.editor.find} onKeyDown={onKeyDown} onInput={() => setTold('')} />
      <span class="muted small" role="status">{told}</span>
    </div>
  );
}

/** What stands in for the editor where it cannot be loaded: nothing that one types depends on it. */
function PlainText({ label, text, readOnly, onChange }: { label: string; text: string; readOnly: boolean; onChange: ((text: string) => void) | undefined }) {
  return (
    <>
      <Note tone="soon" icon="warning">{words.editor.plain}</Note>
      <textarea class="agreement-plain" aria-label={label} spellcheck={false} readOnly={readOnly} rows={24} value={text}
        onInput={(event) => onChange?.(event.currentTarget.value)} />
    </>
  );
}
