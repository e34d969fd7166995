/** The text of a draft beside what it changes, its trial and its signatures; on a phone one of them at a time. */
import type { ComponentChildren } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { Field } from '../../../parts/index.ts';
import { href, place } from '../../../shell/place.ts';
import { changed } from '../../../shell/matching.ts';
import type { Editor } from '../editor/editor.ts';
import { TextEditor } from '../editor/text-editor.tsx';
import type { Finding } from '../findings.ts';
import { Changes, type Outcome } from './changes.tsx';
import type { Checking } from './checking.ts';

/** What was typed and not sent; what is absent is as the draft has it. */
export interface Typed {
  text?: string | undefined;
  note?: string | undefined;
  /** A day, or empty for at once. */
  from?: string | undefined;
  /** The revision that the text was made of. */
  revision?: number | undefined;
}

export const NOTHING_TYPED: Typed = {};

type Side = 'text' | 'changes' | 'trial' | 'sign';
const SIDES: readonly Side[] = ['text', 'changes', 'trial', 'sign'];

interface BenchProps {
  text: string;
  stamp: string;
  readOnly?: boolean;
  note: string;
  from: string;
  onType: (typed: Typed) => void;
  onSave: () => void;
  outcome: Outcome | undefined;
  checking: Checking;
  /** Stands above everything, such as a conflict. */
  above?: ComponentChildren;
  trial: ComponentChildren;
  sign: ComponentChildren;
  faultOf: (field: string) => string | undefined;
}

export function Bench(props: BenchProps) {
  const { text, stamp, readOnly, outcome, checking, onType, onSave } = props;
  const editor = useRef<Editor | undefined>(undefined);
  const side = SIDES.find((each) => each === place.value.query.get('side')) ?? 'text';
  const shown = side === 'text' ? 'changes' : side;
  const errors = useMemo(() => outcome?.errors ?? [], [outcome]);
  const warnings = useMemo(() => outcome?.warnings ?? [], [outcome]);
  const counts = { text: 0, changes: errors.length || outcome?.differences.length || 0, trial: 0, sign: 0 };
  const toPlace = ({ line, column }: Finding) => { if (line !== undefined) editor.current?.goTo(line, column); };
  const save = (event: KeyboardEvent) => {
    if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onSave();
  };
  return (
    <div class="agreement-bench" data-side={side} onKeyDown={save}>
      <div class="agreement-above stack" hidden={!props.above}>{props.above}</div>
      <nav class="agreement-sides" aria-label={words.sides.label}>
        {SIDES.map((each) => (
          <a key={each} class={`side-${each} ${each === shown ? 'shown' : ''}`} href={sideAddress(each)} aria-current={each === side ? 'true' : undefined}>
            {words.sides[each]}{counts[each] > 0 && <span class={`agreement-count ${errors.length ? 'late' : ''}`}>{counts[each]}</span>}
          </a>
        ))}
      </nav>
      <div class="agreement-text">
        <TextEditor label={words.editor.label} text={text} stamp={stamp} readOnly={!!readOnly} faults={errors} warnings={warnings}
          onChange={(typed) => onType({ text: typed })} onReady={(opened) => { editor.current = opened; }} />
        {!readOnly && <p class="muted small agreement-keys">{words.editor.keys}</p>}
      </div>
      <div class="agreement-side stack">
        {shown === 'changes' && <Changes outcome={outcome} checking={checking} onPlace={toPlace} />}
        {shown === 'changes' && !readOnly && (
          <div class="agreement-about">
            <Field label={words.draft.from} hint={words.draft.fromHint} type="date" value={props.from} fault={props.faultOf('in_force_from')} onInput={(from) => onType({ from })} />
            <Field label={words.draft.note} type="area" rows={2} maxLength={1000} value={props.note} fault={props.faultOf('note')} onInput={(note) => onType({ note })} />
          </div>
        )}
        {shown === 'trial' && props.trial}
        {shown === 'sign' && props.sign}
      </div>
    </div>
  );
}

function sideAddress(side: Side): string {
  const { path, query } = place.value;
  return href(`${path}?${changed(query, { side: side === 'text' ? undefined : side })}`);
}
