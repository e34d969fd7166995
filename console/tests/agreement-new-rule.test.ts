import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { yamlLanguage } from '@codemirror/lang-yaml';
import { lean } from '../src/screens/agreement/editor/lean-schema.ts';
import type { Schema } from '../src/screens/agreement/editor/schema.ts';
import { added, afterwards } from '../src/screens/agreement/new-rule/added.ts';
import { contentsIn, kindsIn, USUAL_KINDS } from '../src/screens/agreement/new-rule/kinds.ts';
import { type Asked, type FactKind, NOTHING_ASKED } from '../src/screens/agreement/new-rule/condition.ts';
import {
  FACTS, factsOf, foundAtFields, nameOfDeed, nameOfTrait, NO_DEED, NO_TRAIT, placesAsked, ruleOfDeed, ruleOfTrait, type Deed, type Trait,
} from '../src/screens/agreement/new-rule/rule.ts';
import { entryOf, inFlow, type Rule } from '../src/screens/agreement/new-rule/yaml.ts';
import { type RuleSection, switched, termsIn } from '../src/screens/agreement/rules/values.ts';

const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const SCHEMA = lean(JSON.parse(file('docs/agreement.schema.json'))) as Schema;
const PACKAGED = file('layers/common/python/baton/agreement/default.yaml');
const AGREEMENTS = ['layers/common/python/baton/agreement/default.yaml', ...readdirSync(new URL('../../docs/agreements', import.meta.url)).filter((each) => each.endsWith('.yaml')).map((each) => `docs/agreements/${each}`)];
const SECTIONS: RuleSection[] = ['fit', 'engagement'];
const RULES: Record<RuleSection, Rule> = {
  fit: { id: 'made-now', points: 5, when: { country: ['NO', 'Norway'] } },
  engagement: { id: 'made-now', points: 5, signal: { kind: 'webinar_attended' }, at_most: { times: 2, per: '90d' } },
};

const kindOf = (fact: string): FactKind => FACTS[fact] ?? 'choice';
const asks = (...parts: Partial<Asked>[]): Asked[] => parts.map((each) => ({ ...NOTHING_ASKED, ...each }));
const parsed = (text: string) => yamlLanguage.parser.parse(text);
const termsOf = (text: string) => termsIn(parsed(text), text, SCHEMA);
const namesIn = (text: string, section: RuleSection) => termsOf(text).rules.filter((each) => each.section === section).map((each) => `${each.id}${each.isOn ? '' : ' (struck)'}`);

function wrote(text: string, section: RuleSection): string {
  const changes = added(parsed(text), text, section, RULES[section]);
  assert.ok(changes, 'there is a place for it');
  return afterwards(text, changes);
}

for (const name of AGREEMENTS) {
  for (const section of SECTIONS) {
    test(`a new rule comes last in ${section} of ${name}, and nothing else changes`, () => {
      const text = file(name);
      const now = wrote(text, section);
      assert.deepEqual(namesIn(now, section), [...namesIn(text, section), 'made-now']);
      const rest = (of: string) => termsOf(of).values.filter((each) => each.path[1] !== 'made-now').map((each) => [each.path.join('.'), each.written]);
      assert.deepEqual(rest(now), rest(text));
      assert.equal(termsOf(now).values.find((each) => each.path.join('.') === `${section}.made-now.points`)?.written, '5');
      const lines = text.split('\n');
      const kept = now.split('\n').filter((line, at, all) => !(line.includes('made-now') || all.slice(0, at).some((each) => each.includes('made-now')) && !lines.includes(line)));
      assert.deepEqual(kept.filter((line) => line.trim() && line !== `${section}:`), lines.filter((line) => line.trim() && line !== `${section}:`));
    });
  }
}

const ONE_LINE = '- {id: made-now, points: 5, when: {country: [\'NO\', Norway]}}';
const PLACES: [string, string, string][] = [
  ['behind the last one, before what follows', 'fit:  # what they are\n  - {id: a, points: 1, when: {title: x}}  # the boss\n\n# --- Buyers\n\npersonas: []\n', `fit:  # what they are\n  - {id: a, points: 1, when: {title: x}}  # the boss\n  ${ONE_LINE}\n\n# --- Buyers\n\npersonas: []\n`],
  ['without an indent where there is none', 'fit:\n- {id: a, points: 1, when: {title: x}}\ntitle: T', `fit:\n- {id: a, points: 1, when: {title: x}}\n${ONE_LINE}\ntitle: T`],
  ['at the end of a text without a last line break', 'title: T\nfit:\n  - {id: a, points: 1, when: {title: x}}', `title: T\nfit:\n  - {id: a, points: 1, when: {title: x}}\n  ${ONE_LINE}`],
  ['a line for each name where the others are so', 'fit:\n  - id: a\n    points: 1\n    when:\n      title: x\ntitle: T', "fit:\n  - id: a\n    points: 1\n    when:\n      title: x\n  - id: made-now\n    points: 5\n    when: {country: ['NO', Norway]}\ntitle: T"],
  ['behind a struck one', 'fit:\n  - {id: a, points: 1, when: {title: x}}\n  # off: - {id: b, points: 1, when: {title: y}}\ntitle: T', `fit:\n  - {id: a, points: 1, when: {title: x}}\n  # off: - {id: b, points: 1, when: {title: y}}\n  ${ONE_LINE}\ntitle: T`],
  ['where all are struck', 'fit: []\n  # off: - {id: b, points: 1, when: {title: y}}\ntitle: T', `fit:\n  # off: - {id: b, points: 1, when: {title: y}}\n  ${ONE_LINE}\ntitle: T`],
  ['in an empty list', 'title: T\nfit: []  # none yet\nthreshold: 5\n', `title: T\nfit:  # none yet\n  ${ONE_LINE}\nthreshold: 5\n`],
  ['where nothing is said', 'title: T\nfit:\nthreshold: 5\n', `title: T\nfit:\n  ${ONE_LINE}\nthreshold: 5\n`],
  ['in a list on one line', 'title: T\nfit: [{id: a, points: 1, when: {title: x}}]\n', "title: T\nfit: [{id: a, points: 1, when: {title: x}}, {id: made-now, points: 5, when: {country: ['NO', Norway]}}]\n"],
  ['in a list in brackets with lines', 'fit: [\n  {id: a, points: 1, when: {title: x}}\n]\n', "fit: [\n  {id: a, points: 1, when: {title: x}},\n  {id: made-now, points: 5, when: {country: ['NO', Norway]}}\n]\n"],
  ['in a section of its own', 'title: T\nthreshold: 5   # points\n\n# what leads do\nengagement: []\n', `title: T\nthreshold: 5   # points\n\nfit:\n  ${ONE_LINE}\n\n# what leads do\nengagement: []\n`],
  ['in a section of its own behind a longer one', 'score:\n  full_score: 5\n\n# --- Buyers\nteams: {}\n', `score:\n  full_score: 5\n\nfit:\n  ${ONE_LINE}\n\n# --- Buyers\nteams: {}\n`],
];

for (const [where, before, after] of PLACES) {
  test(`a new rule is written ${where}`, () => {
    assert.equal(wrote(before, 'fit'), after);
    assert.ok(namesIn(after, 'fit').includes('made-now'));
  });
}

for (const text of ['', '# nothing', '{"title": "T", "fit": []}', 'fit: *others', 'fit: &all\n  - {id: a}', 'fit: {a: 1}', 'fit: soon']) {
  test(`no place is found in ${JSON.stringify(text)}: that is left to the text`, () => assert.equal(added(parsed(text), text, 'fit', RULES.fit), undefined));
}

test('a rule that is added can be struck and taken back as any other', () => {
  const now = wrote(PACKAGED, 'engagement');
  const rule = termsOf(now).rules.find((each) => each.id === 'made-now');
  assert.ok(rule?.mayStrike);
  const struck = afterwards(now, switched(parsed(now), now, rule));
  assert.ok(namesIn(struck, 'engagement').includes('made-now (struck)'));
  const again = termsOf(struck).rules.find((each) => each.id === 'made-now');
  assert.ok(again);
  assert.equal(afterwards(struck, switched(parsed(struck), struck, again)), now);
});

const WORDS: [string, string][] = [
  ['webinar_attended', 'webinar_attended'], ['price-list', 'price-list'], ['head of sales', 'head of sales'], ['7d', '7d'], ['18 months', '18 months'], ['2 business hours', '2 business hours'],
  ["O'Hara", "'O''Hara'"], ['a: b', "'a: b'"], ['a #b', "'a #b'"], ['[x]', "'[x]'"], ['é', "'é'"], ['', "''"], [String.raw`\bvp\b`, String.raw`'\bvp\b'`], ['1h 30m', "'1h 30m'"],
  ['a\tb', String.raw`"a\u0009b"`], ['a\u2028"b\\', String.raw`"a\u2028\"b\\"`], ['😀', "'😀'"],
];
/** YAML reads each as another type than text, or not at all; the API's own reader is asked in `test_console_rule_writer.py`. */
const MISREAD = [
  'NO', 'yes', 'On', 'null', 'Null', '~', '12', '0xff', '0xFACE', '0b1', '0o17', '017', '007', '1e3', '1E5', '6.8523e+5', '.5', '.inf', '-.INF', '.nan', '1_000', '190:20:30', '1:30', '+1', '-1',
  '2026-11-02', '2026-11-02 10:00:00', '2026-13-45', '<<', '=', '-', '- x', '? x', '*all', '&all', '!x', '%x', '@x', '`x`', '|', '>', ',', '{x', 'x]',
];
for (const text of MISREAD) test(`“${text}” is written in quotes`, () => assert.equal(inFlow(text), `'${text}'`));
for (const [text, written] of WORDS) test(`“${text}” is written ${written}`, () => assert.equal(inFlow(text), written));

test('a rule that is too long for a line has one for each name', () => {
  const rule = { id: 'long', points: 5, when: { title: { matches: 'x'.repeat(100) } } };
  assert.equal(entryOf(rule, '  ', true), `  - id: long\n    points: 5\n    when: {title: {matches: ${'x'.repeat(100)}}}`);
});

const DEEDS: [Partial<Deed>, string][] = [
  [{ kind: 'webinar_attended', points: '30' }, '{id: x, points: 30, signal: {kind: webinar_attended}}'],
  [{ kind: 'page_visited', content: 'careers', points: '-20', times: '3' }, '{id: x, points: -20, signal: {kind: page_visited, content: careers}, at_most: {times: 3}}'],
  [{ kind: 'page_visited', points: '20', least: '3', within: '1 week', times: '1', per: '30 days' },
    '{id: x, points: 20, signal: {kind: page_visited}, when: {signals: {match: {kind: page_visited}, at_least: 3, within: 1w}}, at_most: {times: 1, per: 30d}}'],
  [{ kind: 'demo_requested', points: '9', fades: 'never', after: '9d' }, '{id: x, points: 9, signal: {kind: demo_requested}, half_life: never}'],
  [{ kind: 'demo_requested', points: '9', fades: 'half', after: '9 d' }, '{id: x, points: 9, signal: {kind: demo_requested}, half_life: 9d}'],
  [{ kind: 'demo_requested', points: '9', fades: 'gone', after: 'soon' }, '{id: x, points: 9, signal: {kind: demo_requested}, expires_after: soon}'],
  [{ kind: 'x', points: 'many' }, '{id: x, points: many, signal: {kind: x}}'],
  [{ kind: 'x', points: '9', times: '2', most: '15', per: '30d' }, '{id: x, points: 9, signal: {kind: x}, at_most: {times: 2, points: 15, per: 30d}}'],
  [{ kind: 'x', points: '9', most: '15' }, '{id: x, points: 9, signal: {kind: x}, at_most: {points: 15}}'],
  [{ kind: 'x', points: '9', asked: asks({ fact: 'employees', from: '51' }) }, '{id: x, points: 9, signal: {kind: x}, when: {employees: {at_least: 51}}}'],
  [{ kind: 'x', points: '9', least: '2', asked: asks({ fact: 'employees', from: '51' }, { fact: 'free_mail', is: 'no' }) },
    '{id: x, points: 9, signal: {kind: x}, when: {signals: {match: {kind: x}, at_least: 2}, employees: {at_least: 51}, free_mail: false}}'],
  [{ kind: 'x', points: '9', least: '2', how: 'any', asked: asks({ fact: 'employees', from: '51' }, { fact: 'signals', words: 'z', content: 'guide', to: '0', within: '1 week', isNot: true }) },
    '{id: x, points: 9, signal: {kind: x}, when: {signals: {match: {kind: x}, at_least: 2}, any: [{employees: {at_least: 51}}, {not: {signals: {match: {kind: z, content: guide}, at_most: 0, within: 1w}}}]}}'],
  [{ kind: 'x', points: '9', least: '2', asked: asks({ fact: 'signals', words: 'z' }) },
    '{id: x, points: 9, signal: {kind: x}, when: {all: [{signals: {match: {kind: x}, at_least: 2}}, {signals: {match: {kind: z}}}]}}'],
];
for (const [typed, written] of DEEDS) test(`what a lead does is written ${written}`, () => assert.equal(inFlow(ruleOfDeed({ ...NO_DEED, ...typed }, kindOf, 'x')), written));

const TRAITS: [Partial<Asked>[], string][] = [
  [[{ words: 'director, head of' }], String.raw`{title: {matches: '\b(director|head of)\b'}}`],
  [[{ words: 'c++, führer' }], String.raw`{title: {matches: '\b(c\+\+|führer)'}}`],
  [[{ fact: 'country', way: 'is', words: 'NO; Germany, NO' }], "{country: ['NO', Germany]}"],
  [[{ fact: 'employees', from: '50', to: '500' }], '{employees: {between: [50, 500]}}'],
  [[{ fact: 'employees', from: '50' }], '{employees: {at_least: 50}}'],
  [[{ fact: 'employees', to: '9' }], '{employees: {at_most: 9}}'],
  [[{ fact: 'free_mail', is: 'no' }], '{free_mail: false}'],
  [[{ fact: 'age', from: '14 days', to: '30d' }], '{age: {at_least: 14d, at_most: 30d}}'],
  [[{ fact: 'title', way: 'known', isNot: true }], '{title: {known: false}}'],
  [[{ fact: 'country', way: 'is', words: 'NO', isNot: true }], "{not: {country: ['NO']}}"],
  [[{ fact: 'attributes.plan', words: 'team, pro' }], '{attributes: {plan: [team, pro]}}'],
  [[{ words: 'cto' }, { fact: 'employees', from: '51' }], String.raw`{title: {matches: '\b(cto)\b'}, employees: {at_least: 51}}`],
  [[{ words: 'cto' }, { words: 'head' }], String.raw`{all: [{title: {matches: '\b(cto)\b'}}, {title: {matches: '\b(head)\b'}}]}`],
  [[{ fact: 'attributes.a', words: 'b' }, { fact: 'attributes.c', words: 'd' }], '{all: [{attributes: {a: [b]}}, {attributes: {c: [d]}}]}'],
];
for (const [parts, written] of TRAITS) {
  test(`what a lead is is written ${written}`, () => assert.equal(inFlow(ruleOfTrait({ ...NO_TRAIT, points: '5', asked: asks(...parts) }, kindOf, 'x').when ?? ''), written));
}

test('of several parts one may be enough', () => {
  const trait: Trait = { ...NO_TRAIT, points: '5', how: 'any', asked: asks({ fact: 'employees', from: '51' }, { fact: 'target_account' }) };
  assert.equal(inFlow(ruleOfTrait(trait, kindOf, 'x')), '{id: x, points: 5, when: {any: [{employees: {at_least: 51}}, {target_account: true}]}}');
});

test('a number that YAML would misread stays as it was typed, in quotes', () => {
  const written = (from: string) => inFlow(ruleOfTrait({ ...NO_TRAIT, points: '5', asked: asks({ fact: 'budget', from }) }, kindOf, 'x').when ?? '');
  assert.deepEqual(['007', '1.50', '0.0000001', '1e3', '0xff', '-0'].map(written), [
    '{budget: {at_least: 7}}', '{budget: {at_least: 1.5}}', "{budget: {at_least: '0.0000001'}}", "{budget: {at_least: '1e3'}}", "{budget: {at_least: '0xff'}}", '{budget: {at_least: 0}}',
  ]);
});

test('each section asks what its rules may: deeds beside deeds, and time where it is looked at', () => {
  assert.deepEqual(factsOf('fit').filter((each) => !factsOf('engagement').includes(each)), ['target_account', 'age', 'silent_for']);
  assert.deepEqual(factsOf('engagement').filter((each) => !factsOf('fit').includes(each)), ['signals']);
});

test('a rule gets a name that no other has, and that the agreement takes', () => {
  const taken = new Set(['webinar-attended', 'webinar-attended-2']);
  const names = [
    nameOfDeed({ ...NO_DEED, kind: 'webinar_attended' }, kindOf, taken), nameOfDeed({ ...NO_DEED, kind: 'page_visited', content: 'price-list', least: '3' }, kindOf, taken),
    nameOfDeed({ ...NO_DEED, kind: '7 Ü' }, kindOf, taken), nameOfDeed({ ...NO_DEED, kind: 'x'.repeat(90) }, kindOf, taken), nameOfDeed({ ...NO_DEED, kind: '' }, kindOf, taken),
    ...[{ words: 'Head of Sales, CEO' }, { fact: 'employees', from: '50' }, { fact: 'free_mail', is: 'no' as const }].map((each) => nameOfTrait({ ...NO_TRAIT, asked: asks(each) }, kindOf, taken)),
    nameOfDeed({ ...NO_DEED, kind: 'page_visited', asked: asks({ fact: 'employees', from: '51' }, { fact: 'signals', words: 'demo', isNot: true }) }, kindOf, taken),
  ];
  assert.deepEqual(names, ['webinar-attended-3', 'page-visited-price-list-3-times', 'u', 'x'.repeat(36), 'rule', 'title-head-of-sales', 'employees-from-50', 'free-mail-not', 'page-visited-employees-from-51-not-d']);
  for (const name of names) assert.match(name, /^[a-z][a-z0-9_-]{0,39}$/);
});

test('a finding of the check stands at the field that it is about, and those of other rules nowhere', () => {
  const at = (field: string, detail: string) => ({ field, detail });
  const found = foundAtFields([
    at('engagement.x.signal.kind', 'misspelt'), at('engagement.x.when.signals.match.kind', 'misspelt'), at('engagement.x.when.signals.within', 'no time'), at('engagement.x.at_most.times', 'too low'),
    at('engagement.x.half_life', 'no time'), at('engagement.x', 'the same as y'), at('engagement.xy.points', 'not mine'), at('fit.x.points', 'not mine'),
  ], 'engagement', 'x');
  assert.deepEqual([...found], [['kind', 'misspelt'], ['within', 'no time'], ['times', 'too low'], ['after', 'no time'], ['', 'the same as y']]);
  assert.deepEqual([...foundAtFields([at('fit.x.when.country.0', 'no country')], 'fit', 'x', ['when.country'])], [['0.words', 'no country']]);
});

test('a finding about one part of several stands at that part', () => {
  const at = (field: string) => ({ field: `engagement.x.${field}`, detail: field });
  const parts = asks({ fact: 'employees', from: '51' }, { fact: 'signals', words: 'y' });
  const found = (typed: Partial<Deed>, ...fields: string[]) => {
    const deed = { ...NO_DEED, kind: 'x', asked: parts, ...typed };
    return [...foundAtFields(fields.map(at), 'engagement', 'x', placesAsked('engagement', deed, kindOf)).keys()];
  };
  assert.deepEqual(found({}, 'when.employees.at_least', 'when.signals.match.kind', 'when.signals.within'), ['0.words', '1.words', '1.within']);
  assert.deepEqual(found({ least: '2' }, 'when.all.0.signals.at_least', 'when.all.1.employees', 'when.all.2.signals.match.content'), ['least', '0.words', '1.content']);
  assert.deepEqual(found({ how: 'any' }, 'when.any.0.employees', 'when.any.1.signals.at_most'), ['0.words', '1.from']);
  assert.deepEqual(found({ how: 'any', least: '2' }, 'when.signals.within', 'when.any.1.signals.within'), ['within', '1.within']);
  assert.deepEqual(found({ how: 'any', least: '2', asked: parts.slice(1) }, 'when.all.0.signals.within', 'when.all.1.signals.within'), ['within', '0.within']);
});

test('the usual kinds are those that the check knows', () => {
  const known = file('layers/common/python/baton/agreement/likely/usual_kinds.py');
  assert.deepEqual([...USUAL_KINDS].sort(), [...known.matchAll(/"([a-z_]+)"/g)].map((each) => each[1]).sort());
});

test('what the agreement names comes before the usual kinds, and each once', () => {
  const text = 'forms:\n  demo: {signal: demo_wanted}\nengagement:\n  - {id: a, points: 1, signal: {kind: [page_visited, "price seen", fair_visited]}}\nfrom_person: {trial_expired: false}\n';
  const kinds = kindsIn(parsed(text), text);
  assert.deepEqual(kinds.slice(0, 4), ['demo_wanted', 'page_visited', 'fair_visited', 'trial_expired']);
  assert.equal(new Set(kinds).size, kinds.length);
  assert.deepEqual(contentsIn(parsed(PACKAGED), PACKAGED)[2], { id: 'scoring-webinar', title: 'Webinar: scoring that sales believes' });
});
