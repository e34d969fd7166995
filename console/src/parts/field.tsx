import type { ComponentChildren } from 'preact';
import { useEffect, useId } from 'preact/hooks';

interface Common {
  label: string;
  hint?: ComponentChildren;
  /** What is wrong with it, in words; it stands beside the field. */
  fault?: string | undefined;
  required?: boolean;
  name?: string;
}

interface TextProps extends Common {
  value: string;
  onInput: (value: string) => void;
  /** `area` has several lines. */
  type?: 'text' | 'email' | 'tel' | 'number' | 'date' | 'datetime-local' | 'search' | 'area';
  placeholder?: string;
  min?: string;
  max?: string;
  maxLength?: number;
  autoFocus?: boolean;
  autoComplete?: string;
  rows?: number;
  /** What is proposed while one types; anything else may be typed, too. */
  proposals?: readonly string[] | undefined;
}

/** A label, a field, its hint, and beside it what is wrong. */
export function Field({ label, hint, fault, required, type = 'text', onInput, autoFocus, rows = 3, proposals, ...rest }: TextProps) {
  const id = useId();
  const about = [hint && `${id}h`, fault && `${id}f`].filter(Boolean).join(' ') || undefined;
  const common = {
    id, required, ...rest, 'aria-invalid': !!fault, 'aria-describedby': about, list: proposals && `${id}p`,
    ref: (node: HTMLElement | null) => { if (autoFocus && node && !node.dataset.focused) { node.dataset.focused = '1'; node.focus(); } },
    onInput: (event: Event) => onInput((event.currentTarget as HTMLInputElement).value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === 'area' ? <textarea rows={rows} {...common} /> : <input type={type as 'text'} {...common} />}
      {proposals && <datalist id={`${id}p`}>{proposals.map((each) => <option key={each} value={each} />)}</datalist>}
      <Below id={id} hint={hint} fault={fault} />
    </div>
  );
}

interface SelectProps extends Common {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
}

export function Select({ label, hint, fault, required, value, onChange, options, name }: SelectProps) {
  const id = useId();
  const about = [hint && `${id}h`, fault && `${id}f`].filter(Boolean).join(' ') || undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name={name} required={required} value={value} aria-invalid={!!fault} aria-describedby={about}
        onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((each) => <option key={each.value} value={each.value}>{each.label}</option>)}
      </select>
      <Below id={id} hint={hint} fault={fault} />
    </div>
  );
}

interface ChoiceProps extends Common {
  /** Empty if nothing is chosen yet. */
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string; hint?: string; keyName?: string }[];
}

/** A few answers of which one is right, as buttons side by side. */
export function Choice({ label, hint, fault, value, onChange, options, required }: ChoiceProps) {
  const id = useId();
  return (
    <fieldset class="choice" aria-describedby={fault ? `${id}f` : undefined}>
      <legend>{label}</legend>
      <div class="choices">
        {options.map((each) => (
          <label key={each.value} class={each.value === value ? 'chosen' : ''}>
            <input type="radio" name={id} value={each.value} checked={each.value === value} required={required}
              onChange={() => onChange(each.value)} />
            <span>{each.label}{each.hint && <small class="muted">{each.hint}</small>}</span>
            {each.keyName && <kbd aria-hidden="true">{each.keyName}</kbd>}
          </label>
        ))}
      </div>
      <Below id={id} hint={hint} fault={fault} />
    </fieldset>
  );
}

/** One thing that is so or not. */
export function Check({ label, checked, onChange, hint }: { label: ComponentChildren; checked: boolean; onChange: (checked: boolean) => void; hint?: string }) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}{hint && <small class="muted">{hint}</small>}</span>
    </label>
  );
}

const TYPED = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]';

/** Brings the first field with a fault in sight after a press; whoever types is not taken away from where they type. */
function bringInSight(): void {
  const first = document.querySelector('.fault-word');
  if (!first || document.activeElement?.matches(TYPED)) return;
  const { top, bottom } = first.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) first.parentElement?.scrollIntoView({ block: 'center' });
}

function Below({ id, hint, fault }: { id: string; hint?: ComponentChildren; fault?: string | undefined }) {
  useEffect(() => { if (fault) bringInSight(); }, [fault]);
  return (
    <>
      {hint && <p class="hint" id={`${id}h`}>{hint}</p>}
      {fault && <p class="fault-word" id={`${id}f`}>{fault}</p>}
    </>
  );
}
