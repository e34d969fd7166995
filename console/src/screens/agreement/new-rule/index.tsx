/** A form for one more rule: it is written into the text behind the others, as a person would write it there. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { ruleWords } from '../../../format/index.ts';
import { Button, Note } from '../../../parts/index.ts';
import { useDraft } from '../../../shell/drafts.ts';
import { useChecking } from '../draft/checking.ts';
import type { Change, Editor } from '../editor/editor.ts';
import type { AgreedTerms } from '../rules/grouping.ts';
import type { RuleSection } from '../rules/values.ts';
import { termsOf } from '../rules/written-in-text.ts';
import { added, afterwards } from './added.ts';
import { AskedFields } from './asked-fields.tsx';
import { type FactKind, OWN } from './condition.ts';
import { DeedFields } from './deed-fields.tsx';
import { contentsIn, kindsIn } from './kinds.ts';
import { missingOf } from './missing.ts';
import { type Deed, FACTS, foundAtFields, nameOfDeed, nameOfTrait, NO_DEED, NO_TRAIT, placesAsked, ruleOfDeed, ruleOfTrait, type Trait } from './rule.ts';
import { TraitFields } from './trait-fields.tsx';

export interface NewRuleProps {
  section: RuleSection;
  editor: Editor;
  /** What the editor has. */
  text: string;
  terms: AgreedTerms | undefined;
  /** What was typed is kept by this name. */
  keptAs: string;
  /** Hears the path of the rule that was added, or nothing. */
  onDone: (path?: string) => void;
}

/** What stands beside a field: a fault that keeps the rule back, or what is likely wrong. */
export interface Beside {
  fault: (field: string) => string | undefined;
  hint: (field: string, usual?: string) => string | preact.JSX.Element | undefined;
}

export default function NewRule({ section, editor, text, terms, keptAs, onDone }: NewRuleProps) {
  const [deed, typeDeed, forgetDeed] = useDraft<Deed>(`${keptAs}:deed`, NO_DEED);
  const [trait, typeTrait, forgetTrait] = useDraft<Trait>(`${keptAs}:trait`, NO_TRAIT);
  const [pressed, setPressed] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // The button that asked for the form is gone: the focus goes along.
    if (document.activeElement === document.body) form.current?.querySelector<HTMLElement>('input, select')?.focus();
  }, []);
  const own = terms?.attributes ?? [];
  const kindOf = (fact: string) => kindAmong(own, fact);
  const [kinds, contents] = useMemo(() => [kindsIn(editor.tree(), editor.text()), contentsIn(editor.tree(), editor.text())], [editor, text]);
  const taken = useMemo(() => new Set(termsOf(editor).rules.map((each) => each.id)), [editor, text]);
  const typed = section === 'engagement' ? deed : trait;
  const usualName = section === 'engagement' ? nameOfDeed(deed, kindOf, taken) : nameOfTrait(trait, kindOf, taken);
  const id = typed.id.trim() || usualName;
  const rule = section === 'engagement' ? ruleOfDeed(deed, kindOf, id) : ruleOfTrait(trait, kindOf, id);
  const missing = missingOf(section, deed, trait, kindOf, id, taken);
  const isWhole = missing.size === 0;
  const written = JSON.stringify(rule);
  const changes = useMemo(() => placeOf(editor, section, rule, id), [editor, text, written]);
  const checking = useChecking(isWhole && changes ? afterwards(editor.text(), changes) : null, undefined);
  const checked = isWhole ? checking.checked : undefined;
  const places = placesAsked(section, typed, kindOf);
  const faults = foundAtFields(checked?.errors ?? [], section, id, places);
  const warned = foundAtFields(checked?.warnings ?? [], section, id, places);
  const told = checked?.terms?.[section].find((each) => each.id === id);
  const beside: Beside = {
    fault: (field) => (pressed ? missing.get(field) : undefined) ?? faults.get(field),
    hint: (field, usual) => (warned.has(field) && !faults.has(field) ? <span class="agreement-warned">{warned.get(field)}</span> : usual),
  };
  const leave = (path?: string) => {
    forgetDeed();
    forgetTrait();
    onDone(path);
  };
  const add = () => {
    setPressed(true);
    if (!isWhole || !changes || (faults.size > 0 && !checking.behind)) return;
    editor.change(changes);
    leave(`${section}.${id}`);
  };
  const cap = told && 'at_most' in told && typeof told.at_most === 'string' ? told.at_most : '';
  return (
    <form ref={form} class="stack agreement-new-rule" aria-label={words.newRule.add[section]} onSubmit={(event) => { event.preventDefault(); add(); }} noValidate>
      {section === 'engagement' && <DeedFields {...{ kinds, contents, deed, beside, usualName }} type={typeDeed} />}
      <AskedFields {...{ section, kindOf, own, kinds, contents, beside }} asked={typed.asked} how={typed.how} type={section === 'engagement' ? typeDeed : typeTrait} />
      {section === 'fit' && <TraitFields {...{ trait, beside, usualName }} type={typeTrait} />}
      {(beside.fault('') ?? warned.get('')) && <p class={faults.has('') ? 'fault-word' : 'agreement-warned'}>{beside.fault('') ?? warned.get('')}</p>}
      {!changes && isWhole && <Note tone="soon" icon="warning">{words.newRule.notHere}</Note>}
      <p class="muted small" role="status">{told && !checking.behind ? words.newRule.inWords(ruleWords(told.when), typed.points, ruleWords(cap)) : ''}</p>
      <div class="row">
        <Button type="submit">{words.newRule.done}</Button>
        <Button kind="quiet" onClick={() => leave()}>{words.newRule.cancel}</Button>
      </div>
    </form>
  );
}

/** Returns the changes that write the rule, if the text then has it and lost none; undefined where a person must. */
function placeOf(editor: Editor, section: RuleSection, rule: ReturnType<typeof ruleOfDeed>, id: string): Change[] | undefined {
  const changes = added(editor.tree(), editor.text(), section, rule);
  if (!changes) return undefined;
  const [before, after] = [termsOf(editor).rules, termsOf(editor, afterwards(editor.text(), changes)).rules];
  return after.length === before.length + 1 && after.some((each) => each.section === section && each.id === id && each.isOn) ? changes : undefined;
}

function kindAmong(own: AgreedTerms['attributes'], fact: string): FactKind {
  const kind = own.find((each) => fact === OWN + each.name)?.kind;
  return kind === 'yes/no' ? 'yesNo' : kind === 'number' || kind === 'choice' ? kind : FACTS[fact] ?? 'text';
}
