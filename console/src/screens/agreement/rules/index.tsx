/** The draft as its rules: each in words with its numbers in fields. They are the text's own: a field changes one value there. */
import { useMemo, useRef } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { Button, Tag } from '../../../parts/index.ts';
import { goWith, place } from '../../../shell/place.ts';
import type { Editor } from '../editor/editor.ts';
import type { Finding } from '../findings.ts';
import { type AgreedTerms, type Entry, foundAt, foundIn, type Group, grouped, type GroupName, type Named, placed, type Placed } from './grouping.ts';
import { ruleWords } from '../../../format/index.ts';
import { NewRuleOf } from './new-rule-of.tsx';
import { ValueField } from './value-field.tsx';
import type { Terms } from './values.ts';
import { switchRule, termsOf, writeValue } from './written-in-text.ts';

interface RulesProps {
  editor: Editor;
  /** What the editor has. */
  text: string;
  /** What was saved last. */
  saved: string;
  terms: AgreedTerms | undefined;
  errors: readonly Finding[];
  warnings: readonly Finding[];
}

/** These are seen at once; the others open. */
const FIRST = new Set<GroupName>(['qualification', 'fit', 'engagement']);

export default function Rules({ editor, text, saved, terms, errors, warnings }: RulesProps) {
  const found = useMemo(() => termsOf(editor), [editor, text]);
  const before = useMemo(() => writtenIn(termsOf(editor, saved)), [editor, saved]);
  const groups = useMemo(() => grouped(found, terms), [found, terms]);
  const [atErrors, atWarnings] = useMemo(() => [placed(errors, text), placed(warnings, text)], [errors, warnings, text]);
  // A rule that is struck is in no answer of the API: it is known by what it said before.
  const said = useRef(new Map<string, string>());
  for (const { key, says } of groups.flatMap((each) => each.entries)) if (says) said.current.set(key, says);
  const undo = (event: KeyboardEvent) => {
    if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.target instanceof HTMLElement && event.target.matches('input:not([type="checkbox"]), select')) return;
    event.preventDefault();
    editor.undo();
  };
  return (
    <div class="agreement-rules stack" onKeyDown={undo}>
      <div class="row"><p class="muted small grow">{words.rules.about}</p><Button kind="quiet" disabled={!editor.mayUndo()} onClick={editor.undo}>{words.rules.undo}</Button></div>
      {groups.map((group) => {
        const list = <ul class="agreement-entries">{group.entries.map((entry) => <EntryRow key={entry.key} {...{ entry, editor, before, errors, warnings, atErrors, atWarnings, terms }} says={said.current.get(entry.key)} />)}</ul>;
        const faults = errors.filter((each) => group.entries.some((entry) => each.field === entry.key || each.field.startsWith(`${entry.key}.`)));
        return FIRST.has(group.name)
          ? (
              <section key={group.name}>
                <h2>{words.rules.groups[group.name]}</h2>
                {list}
                {(group.name === 'fit' || group.name === 'engagement') && <NewRuleOf section={group.name} rules={found.rules} {...{ editor, text, terms }} />}
              </section>
            )
          : (
              <details key={group.name} open={isUnfolded(group.name)} onToggle={(event) => unfold(group.name, event.currentTarget.open)}>
                <summary><h2>{words.rules.groups[group.name]}</h2> <Summary group={group} before={before} faults={faults.length} /></summary>
                {list}
              </details>
            );
      })}
      <p class="muted small">{words.rules.others}</p>
    </div>
  );
}

/** The sections that are open stand in the address, so that they are open after a look elsewhere. */
function unfolded(): string[] {
  return place.value.query.get('open')?.split('.') ?? [];
}

function isUnfolded(name: GroupName): boolean {
  return unfolded().includes(name);
}

function unfold(name: GroupName, isOpen: boolean): void {
  if (isUnfolded(name) === isOpen) return;
  const others = unfolded().filter((each) => each !== name);
  goWith({ open: [...others, ...(isOpen ? [name] : [])].join('.') }, { replace: true });
}

function Summary({ group, before, faults }: { group: Group; before: ReadonlyMap<string, string>; faults: number }) {
  const changed = valuesOf(group.entries).filter(({ key, value }) => before.get(key) !== value.written).length;
  return <>{faults > 0 && <Tag tone="late">{words.rules.faults(faults)}</Tag>}{changed > 0 && <Tag tone="accent">{words.rules.changed(changed)}</Tag>}</>;
}

interface EntryRowProps {
  entry: Entry;
  says: string | undefined;
  editor: Editor;
  before: ReadonlyMap<string, string>;
  errors: readonly Finding[];
  warnings: readonly Finding[];
  atErrors: Placed;
  atWarnings: Placed;
  terms: AgreedTerms | undefined;
}

function EntryRow({ entry, says, editor, before, errors, warnings, atErrors, atWarnings, terms }: EntryRowProps) {
  const { rule } = entry;
  const isOff = rule?.isOn === false;
  const own = valuesOf([entry]);
  const faults = new Map(own.map(({ key, value }) => [key, foundAt(atErrors, value)]));
  const told = new Map(own.map(({ key, value }) => [key, foundAt(atWarnings, value)]));
  const shown = new Set([...faults.values(), ...told.values()].filter((each) => each !== undefined));
  const others = [...foundIn(errors, entry, shown), ...foundIn(warnings, entry, shown)];
  const field = (named: Named, of: string) => (
    <ValueField key={named.key} named={named} of={of} fault={faults.get(named.key)} warning={told.get(named.key)} about={named.key === 'threshold' && terms ? words.rules.outOf(terms.qualification.full_score) : undefined}
      was={before.get(named.key) === named.value.written ? undefined : before.get(named.key)} onWrite={(typed) => writeValue(editor, named.key, typed)} />
  );
  const points = own.find(({ key }) => key === `${entry.key}.points`);
  return (
    <li class={isOff ? 'off' : ''} data-entry={entry.key} tabIndex={-1}>
      <div class="agreement-entry-head">
        <div class="grow"><strong>{entry.title}</strong>{says && <p class="muted small">{ruleWords(says)}</p>}</div>
        {points && field(points, entry.title)}
        {rule?.mayStrike && (
          <label class="agreement-strike"><input type="checkbox" role="switch" checked={rule.isOn} aria-label={words.rules.counts(entry.title)} onChange={() => switchRule(editor, rule)} />{isOff ? words.rules.off : words.rules.on}</label>
        )}
      </div>
      {entry.parts.map((part) => {
        const values = part.values.filter((each) => each !== points);
        return values.length > 0 && (
          <div key={part.title} class="agreement-values">
            {part.title && <p class="agreement-part">{part.title}</p>}
            {values.map((named) => field(named, part.title ? `${entry.title}, ${part.title}` : entry.title))}
          </div>
        );
      })}
      {others.map((each) => <p key={each.field + each.detail} class={errors.includes(each) ? 'fault-word' : 'agreement-warned small'}>{each.detail}</p>)}
    </li>
  );
}

function valuesOf(entries: readonly Entry[]): Named[] {
  return entries.flatMap((entry) => entry.parts.flatMap((part) => part.values));
}

function writtenIn({ values }: Terms): Map<string, string> {
  return new Map(values.map((each) => [each.path.join('.'), each.written]));
}
