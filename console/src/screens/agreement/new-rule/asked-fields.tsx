/** What a rule asks: one part or several, of which all hold or one is enough. */
import { useEffect, useRef } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { Button, Check, Field, Select } from '../../../parts/index.ts';
import type { AgreedTerms } from '../rules/grouping.ts';
import type { RuleSection } from '../rules/values.ts';
import { type Asked, type Joined, NOTHING_ASKED, OWN, type Way } from './condition.ts';
import type { Beside } from './index.tsx';
import { asKnown, type Content } from './kinds.ts';
import { factsOf, type KindOf } from './rule.ts';

const told = words.newRule;
const WAYS = Object.entries(told.ways).map(([value, label]) => ({ value, label }));
const HOWS = Object.entries(told.hows).map(([value, label]) => ({ value, label }));
/** A deed is mostly asked together with the size of the company. */
const FIRST: Record<RuleSection, Asked> = { fit: NOTHING_ASKED, engagement: { ...NOTHING_ASKED, fact: 'employees', way: 'is' } };

interface AskedFieldsProps {
  section: RuleSection;
  asked: readonly Asked[];
  how: Joined;
  kindOf: KindOf;
  own: AgreedTerms['attributes'];
  kinds: readonly string[];
  contents: readonly Content[];
  beside: Beside;
  type: (some: { asked?: readonly Asked[]; how?: Joined }) => void;
}

export function AskedFields({ section, asked, how, type, ...others }: AskedFieldsProps) {
  const room = useRef<HTMLDivElement>(null);
  const pressed = useRef<'more' | 'fewer' | undefined>(undefined);
  const fewest = section === 'fit' ? 1 : 0;
  useEffect(() => {
    if (pressed.current === 'more') room.current?.querySelector<HTMLElement>('fieldset:last-of-type select')?.focus();
    if (pressed.current === 'fewer') room.current?.querySelector<HTMLElement>('.agreement-another')?.focus();
    pressed.current = undefined;
  }, [asked.length]);
  const change = (at: number, some: Partial<Asked>) => type({ asked: asked.map((each, index) => (index === at ? { ...each, ...some } : each)) });
  const more = () => {
    pressed.current = 'more';
    type({ asked: [...asked, FIRST[section]] });
  };
  const strike = (at: number) => {
    pressed.current = 'fewer';
    type({ asked: asked.filter((_, index) => index !== at) });
  };
  return (
    <div ref={room} class="stack">
      {asked.length > 1 && <Select label={told.how} value={how} onChange={(chosen) => type({ how: chosen === 'any' ? 'any' : 'all' })} options={HOWS} />}
      {asked.map((each, at) => (
        <fieldset key={at} class="agreement-asked stack">
          {asked.length > fewest && <legend>{told.part(at + 1)}</legend>}
          <Part {...others} section={section} asked={each} at={at} type={(some) => change(at, some)} />
          {asked.length > fewest && <div><Button kind="quiet" onClick={() => strike(at)}>{told.strike(at + 1)}</Button></div>}
        </fieldset>
      ))}
      <div><Button kind="quiet" class="agreement-another" onClick={more}>{section === 'engagement' && asked.length === 0 ? told.besides : told.another}</Button></div>
    </div>
  );
}

interface PartProps extends Omit<AskedFieldsProps, 'asked' | 'how' | 'type'> {
  asked: Asked;
  at: number;
  type: (some: Partial<Asked>) => void;
}

function Part({ section, asked, at, kindOf, own, kinds, contents, beside: { fault, hint }, type }: PartProps) {
  const kind = kindOf(asked.fact);
  const choices = own.find((each) => asked.fact === OWN + each.name)?.choices ?? [];
  const facts = [...factsOf(section).map((value) => ({ value, label: told.facts[value] ?? value })), ...own.map((each) => ({ value: OWN + each.name, label: each.label }))];
  const about = (field: string, usual?: string) => ({ hint: hint(`${at}.${field}`, usual), fault: fault(`${at}.${field}`) });
  const range = kind === 'number' ? { type: 'number' as const } : { maxLength: 40, autoComplete: 'off' };
  return (
    <>
      <div class="agreement-fields">
        <Select label={told.fact} value={asked.fact} onChange={(fact) => type({ fact, way: fact === 'title' ? 'contains' : 'is' })} options={facts} />
        {kind === 'text' && <Select label={told.way} value={asked.way} onChange={(way) => type({ way: way as Way })} options={WAYS} />}
        {kind === 'yesNo' && <Select label={told.is} value={asked.is} onChange={(is) => type({ is: is === 'no' ? 'no' : 'yes' })} options={[{ value: 'yes', label: told.yes }, { value: 'no', label: told.no }]} />}
        {kind === 'deed' && <Field label={told.did} {...about('words', told.kindHint)} maxLength={100} autoComplete="off" proposals={kinds} value={asked.words} onInput={(typed) => type({ words: asKnown(typed, kinds) })} />}
        {kind === 'deed' && contents.length > 0 && <Select label={told.content} {...about('content')} value={asked.content} onChange={(content) => type({ content })} options={[{ value: '', label: told.anyContent }, ...contents.map((each) => ({ value: each.id, label: each.title }))]} />}
      </div>
      {(kind === 'text' && asked.way !== 'known' || kind === 'choice') && (
        <Field label={told.words} {...about('words', kind === 'choice' ? told.choices(choices) : told.wordsHint)} maxLength={2000} autoComplete="off" value={asked.words} onInput={(typed) => type({ words: typed })} />
      )}
      {(kind === 'number' || kind === 'time') && (
        <div class="agreement-fields">
          <Field label={told.from} {...about('words', kind === 'time' ? told.longHint : undefined)} {...range} value={asked.from} onInput={(from) => type({ from })} />
          <Field label={told.to} {...range} value={asked.to} onInput={(to) => type({ to })} />
        </div>
      )}
      {kind === 'deed' && (
        <div class="agreement-fields">
          <Field label={told.fromTimes} {...about('from', told.timesFrom)} type="number" min="0" max="100" value={asked.from} onInput={(from) => type({ from })} />
          <Field label={told.toTimes} type="number" min="0" max="100" value={asked.to} onInput={(to) => type({ to })} />
          <Field label={told.within} {...about('within', told.withinHint)} maxLength={40} autoComplete="off" value={asked.within} onInput={(within) => type({ within })} />
        </div>
      )}
      {kind !== 'yesNo' && <Check label={told.isNot} checked={asked.isNot} onChange={(isNot) => type({ isNot })} />}
    </>
  );
}
