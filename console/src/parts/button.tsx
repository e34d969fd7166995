import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

type Kind = 'primary' | 'plain' | 'quiet' | 'danger';

interface Look {
  /** `primary` stands once in a view; `quiet` has no edge. */
  kind?: Kind;
  icon?: IconName;
  children: ComponentChildren;
}

interface ButtonProps extends Look {
  onClick?: (event: MouseEvent) => void;
  /** What it does is being done: it says so, and takes no second press. */
  pending?: boolean;
  disabled?: boolean;
  type?: 'button' | 'submit';
  /** The key that does the same, shown beside it. */
  keyName?: string;
  label?: string;
  pressed?: boolean;
  expanded?: boolean;
  class?: string;
}

export function Button({ kind = 'plain', icon, pending, disabled, type = 'button', keyName, label, pressed, expanded, children, onClick, class: extra }: ButtonProps) {
  return (
    <button type={type} class={`button ${kind} ${extra ?? ''}`} disabled={disabled} aria-busy={pending || undefined} aria-label={label}
      aria-pressed={pressed} aria-expanded={expanded} aria-keyshortcuts={keyName}
      onClick={(event) => { if (!pending) onClick?.(event); else event.preventDefault(); }}>
      {pending ? <span class="spinner" aria-hidden="true" /> : icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
      {keyName && <kbd aria-hidden="true">{keyName}</kbd>}
    </button>
  );
}

/** A link that looks like a button: it leads somewhere, and does nothing. `href` is made by `href()` or `format/links`. */
export function LinkButton({ kind = 'plain', icon, children, href, label }: Look & { href: string; label?: string }) {
  return (
    <a class={`button ${kind}`} href={href} aria-label={label}>
      {icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </a>
  );
}
