/** A draft as rules or as text, beside what it changes, its trial and its signatures; on a phone one of them at a time. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { Field, Loading } from '../../../parts/index.ts';
import { goWith, href, place } from '../../../shell/place.ts';
import { changed } from '../../../shell/matching.ts';
import type { Editor } from '../editor/editor.ts';
import { TextEditor } from '../editor/text-editor.tsx';
import type { Finding } from '../findings.ts';
import { lazily } from '../lazily.tsx';
import type { AgreedTerms } from '../rules/grouping.ts';
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

const Rules = lazily(() => import('../rules/index.tsx').then((module) => module.default));

/** How a draft is written, and what stands beside it; on a desk one of each is seen. */
type Way = 'rules' | 'text';
const WAYS: readonly Way[] = ['rules', 'text'];
type Beside = 'changes' | 'trial' | 'sign';
const BESIDE: readonly Beside[] = ['changes', 'trial', 'sign'];
const NOTHING_FOUND: readonly Finding[] = [];

interface BenchProps {
  text: string;
  /** What was saved last. */
  saved: string;
  /** What is agreed by the text, or was before it had faults. */
  terms: AgreedTerms | undefined;
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
  const [editor, setEditor] = useState<Editor | 'failed'>();
  const { query } = place.value;
  const beside = BESIDE.find((each) => each === query.get('side'));
  const way = readOnly || editor === 'failed' || query.get('as') === 'text' ? 'text' : 'rules';
  const shown = beside ?? 'changes';
  const errors = outcome?.errors ?? NOTHING_FOUND;
  const warnings = outcome?.warnings ?? NOTHING_FOUND;
  const known = useRef(props.terms);
  if (props.terms) known.current = props.terms;
  const counts = { changes: errors.length || outcome?.differences_in_parts.length || 0, trial: 0, sign: 0 };
  const room = useRef<HTMLDivElement>(null);
  const before = useRef(beside);
  useEffect(() => {
    // "Look and sign" leads here, and is gone: the focus goes along.
    if (beside !== before.current && document.activeElement === document.body) room.current?.focus();
    before.current = beside;
  }, [beside]);
  const toPlace = (finding: Finding) => {
    const field = way === 'rules' ? fieldOf(finding) : null;
    goWith({ side: undefined, as: field ? undefined : 'text' }, { replace: true });
    setTimeout(() => {
      if (field) show(field);
      else if (finding.line !== undefined && typeof editor === 'object') editor.goTo(finding.line, finding.column);
    });
  };
  const save = (event: KeyboardEvent) => {
    if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onSave();
  };
  const besideLink = (each: Beside, isHere: boolean) => (
    <a key={each} href={address({ side: each })} aria-current={isHere ? 'true' : undefined}>
      {words.sides[each]}{counts[each] > 0 && <span class={`agreement-count ${errors.length ? 'late' : ''}`}>{counts[each]}</span>}
    </a>
  );
  return (
    <div class="agreement-bench" data-side={beside ?? 'text'} data-way={way} onKeyDown={save}>
      <div class="agreement-above stack" hidden={!props.above}>{props.above}</div>
      <nav class="agreement-sides on-phone" aria-label={words.sides.label}>
        {(readOnly ? ['text' as const] : WAYS).map((each) => <a key={each} href={address({ side: undefined, as: asOf(each) })} aria-current={each === (beside ?? way) ? 'true' : undefined}>{words.sides[each]}</a>)}
        {BESIDE.map((each) => besideLink(each, each === beside))}
      </nav>
      <div class="agreement-text">
        {!readOnly && (
          <nav class="agreement-sides on-desk" aria-label={words.rules.label}>
            {WAYS.map((each) => <a key={each} href={address({ as: asOf(each) })} aria-current={each === way ? 'true' : undefined}>{words.sides[each]}</a>)}
            {way === 'rules' && <button type="button" class="skip" onClick={() => room.current?.focus()}>{words.rules.past}</button>}
          </nav>
        )}
        {way === 'rules' && (typeof editor === 'object'
          ? <Rules editor={editor} text={text} saved={props.saved} terms={known.current} errors={errors} warnings={warnings} />
          : <Loading label={words.rules.coming} lines={8} />)}
        <div class="agreement-writing" hidden={way !== 'text'}>
          <TextEditor label={words.editor.label} text={text} stamp={stamp} readOnly={!!readOnly} faults={errors} warnings={warnings}
            onChange={(typed) => onType({ text: typed })} onReady={setEditor} onFailed={() => setEditor('failed')} />
          {!readOnly && <p class="muted small agreement-keys">{words.editor.keys}</p>}
        </div>
      </div>
      <div class="agreement-side stack" ref={room} tabIndex={-1}>
        <nav class="agreement-sides on-desk" aria-label={words.sides.label}>{BESIDE.map((each) => besideLink(each, each === shown))}</nav>
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

const asOf = (way: Way) => (way === 'text' ? 'text' : undefined);

function address(values: Record<string, string | undefined>): string {
  const { path, query } = place.value;
  return href(`${path}?${changed(query, values)}`);
}

function fieldOf({ field }: Finding): HTMLElement | null {
  return document.querySelector(`[data-value="${CSS.escape(field)}"]`);
}

function show(field: HTMLElement): void {
  const folded = field.closest('details');
  if (folded) folded.open = true;
  field.focus();
  field.scrollIntoView({ block: 'center' });
}
