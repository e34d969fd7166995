import type { ComponentChildren } from 'preact';
import { faults as words } from '#texts/faults.ts';
import { progress, share as shareOf } from '#texts/parts.ts';
import type { Fault } from '../api/faults.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

/** Nothing is there: why, and what to do. */
export function Empty({ title, children, action, icon = 'check' }: { title: string; children?: ComponentChildren; action?: ComponentChildren; icon?: IconName }) {
  return (
    <div class="empty">
      <Icon name={icon} size={28} />
      <p class="empty-title">{title}</p>
      {children && <p class="muted">{children}</p>}
      {action}
    </div>
  );
}

/** What failed, where it happened. `again` tries it once more; `stale` says that older data is still shown. */
export function FaultNote({ fault, again, stale, pending }: { fault: Fault | undefined; again?: () => void; stale?: boolean; pending?: boolean }) {
  if (!fault) return null;
  return (
    <div class="note late" role="alert">
      <Icon name="warning" />
      <div class="grow">
        <strong>{fault.title}</strong>
        <p>{fault.detail}{stale ? ` ${words.stale}` : ''}</p>
      </div>
      {again && (fault.passing || fault.kind === 'session') && <Button onClick={again} pending={!!pending}>{words.again}</Button>}
    </div>
  );
}

/** A word that stands out: of something soon, late, or done. */
export function Note({ tone = 'plain', children, icon }: { tone?: 'plain' | 'late' | 'soon' | 'done'; children: ComponentChildren; icon?: IconName }) {
  return <div class={`note ${tone}`}>{icon && <Icon name={icon} />}<div class="grow">{children}</div></div>;
}

/** How far something long has come: of so many, or, as a `share`, of what nobody counts. */
export function Progress({ label, done, of, share, told }: { label: string; done: number; of: number; share?: boolean; told?: string }) {
  return (
    <div class="progress">
      <div class="row small"><span class="grow">{label}</span><span class="muted">{told ?? (share ? shareOf : progress)(done, of)}</span></div>
      <progress aria-label={label} value={done} max={of || 1} />
    </div>
  );
}

/** The place of what is still being read. */
export function Loading({ label, lines = 3 }: { label: string; lines?: number }) {
  return (
    <div class="loading" role="status">
      <span class="sr">{label}</span>
      {Array.from({ length: lines }, (_, index) => <div key={index} class="bone" aria-hidden="true" />)}
    </div>
  );
}
