import type { ComponentChildren } from 'preact';

export type Tone = 'plain' | 'accent' | 'late' | 'soon' | 'done';

/** A word on what something is: a stage, a state, a source. */
export function Tag({ tone = 'plain', children, title }: { tone?: Tone; children: ComponentChildren; title?: string }) {
  return <span class={`tag ${tone}`} title={title}>{children}</span>;
}
