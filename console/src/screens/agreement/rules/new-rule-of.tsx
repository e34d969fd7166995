/** Adds a rule to a section: a button, and below it the form, which comes when it is asked for. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { Button, say } from '../../../parts/index.ts';
import { goWith, place } from '../../../shell/place.ts';
import type { Editor } from '../editor/editor.ts';
import { lazily } from '../lazily.tsx';
import type { NewRuleProps } from '../new-rule/index.tsx';
import type { AgreedTerms } from './grouping.ts';
import type { AgreedRule, RuleSection } from './values.ts';

const NewRule = lazily<NewRuleProps>(() => import('../new-rule/index.tsx').then((module) => module.default));

interface NewRuleOfProps {
  section: RuleSection;
  editor: Editor;
  text: string;
  terms: AgreedTerms | undefined;
  rules: readonly AgreedRule[];
}

export function NewRuleOf({ section, editor, text, terms, rules }: NewRuleOfProps) {
  const { query } = place.value;
  const isOpen = query.get('add') === section;
  const room = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState<{ path: string; unsay: () => void }>();
  const isThere = rules.some((each) => `${each.section}.${each.id}` === added?.path);
  useEffect(() => {
    if (added === undefined) return undefined;
    const row = document.querySelector<HTMLElement>(`[data-entry="${CSS.escape(added.path)}"]`);
    if (row) {
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: 'center' });
    } else if (document.activeElement === document.body) room.current?.querySelector('button')?.focus();
    return isThere ? added.unsay : undefined;
    // Only that the row came or went moves the focus.
  }, [added, isThere]);
  const done = (path: string | undefined) => {
    goWith({ add: undefined }, { replace: true });
    setAdded(path === undefined ? path : { path, unsay: say(words.newRule.added(path.slice(section.length + 1))) });
    if (!path) setTimeout(() => room.current?.querySelector('button')?.focus());
  };
  return (
    <div ref={room} class="agreement-adding">
      {isOpen
        ? <NewRule section={section} editor={editor} text={text} terms={terms} keptAs={`agreement:${query.get('draft') ?? ''}:${query.get('of') ?? ''}:rule`} onDone={done} />
        : <Button kind="quiet" onClick={() => goWith({ add: section }, { replace: true })}>{words.newRule.add[section]}</Button>}
    </div>
  );
}
