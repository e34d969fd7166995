/** A number, a time or a share of the agreement, written where it stands. */
import { useId, useRef, useState } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import type { Finding } from '../findings.ts';
import { type Named, spokenTime } from './grouping.ts';

interface ValueFieldProps {
  named: Named;
  /** What it belongs to, for those who hear it. */
  of: string;
  /** What it was when the text was saved last, if that differs. */
  was: string | undefined;
  /** Stands below it, such as out of how many. */
  about?: string | undefined;
  fault: Finding | undefined;
  warning: Finding | undefined;
  onWrite: (typed: string) => void;
}

export function ValueField({ named: { key, name, value }, of, was, about, fault, warning, onWrite }: ValueFieldProps) {
  const id = useId();
  // The text is told a moment later: until the field is left it shows what was typed.
  const [typed, setTyped] = useState<string>();
  const before = useRef(value.written);
  const shown = typed ?? value.written;
  const write = (next: string) => {
    setTyped(next);
    onWrite(next);
  };
  const spoken = about ?? (value.kind === 'time' ? spokenTime(value.written) : '');
  const said = fault ?? warning;
  return (
    <div class={`agreement-value of-${value.kind} ${was === undefined ? '' : 'changed'}`}>
      <label for={id}>{name}</label>
      <input id={id} data-value={key} type={(value.kind === 'number' ? 'number' : 'text') as 'text'} step="any" autocomplete="off" spellcheck={false} inputMode={value.kind === 'share' ? 'numeric' : undefined}
        value={shown} aria-label={`${of}: ${name}`} aria-invalid={!!fault} aria-describedby={`${id}s`}
        onFocus={() => { before.current = value.written; }} onBlur={() => setTyped(undefined)}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => { if (event.key === 'Escape' && shown !== before.current) { event.stopPropagation(); write(before.current); } }} />
      <span id={`${id}s`} class="agreement-value-said">
        {spoken && <small class="muted">{spoken}</small>}
        {was !== undefined && <small class="agreement-was">{words.rules.was(was)}</small>}
        {said && <small class={fault ? 'fault-word' : 'agreement-warned'}>{fault && !value.written ? words.rules.empty[value.kind] : said.detail}</small>}
      </span>
    </div>
  );
}
