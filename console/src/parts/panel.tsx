import type { ComponentChildren } from 'preact';

/** A part of a screen with a heading; a hairline divides it from what comes before. */
export function Panel({ title, actions, children, level = 2 }: { title?: ComponentChildren; actions?: ComponentChildren; children: ComponentChildren; level?: 2 | 3 }) {
  const Heading = `h${level}` as 'h2' | 'h3';
  return (
    <section class="panel">
      {(title || actions) && <header class="row"><Heading class="grow">{title}</Heading>{actions}</header>}
      {children}
    </section>
  );
}

/** Facts in two columns; those without a value are left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => (
        <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  );
}

/** The head of a screen: its name, what it is about, and what one can do with the whole of it. */
export function Head({ title, about, actions }: { title: string; about?: ComponentChildren; actions?: ComponentChildren }) {
  return (
    <header class="head">
      <div class="grow"><h1>{title}</h1>{about && <p class="muted">{about}</p>}</div>
      {actions && <div class="row">{actions}</div>}
    </header>
  );
}
