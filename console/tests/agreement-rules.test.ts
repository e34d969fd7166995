import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { yamlLanguage } from '@codemirror/lang-yaml';
import { lean } from '../src/screens/agreement/editor/lean-schema.ts';
import type { Schema } from '../src/screens/agreement/editor/schema.ts';
import { termsIn } from '../src/screens/agreement/rules/values.ts';
import { foundAt, foundIn, grouped, type LinePart, placed, ruleOfLine, spokenLine, spokenTime } from '../src/screens/agreement/rules/grouping.ts';

const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const TEXT = file('layers/common/python/baton/agreement/default.yaml');
const FOUND = termsIn(yamlLanguage.parser.parse(TEXT), TEXT, lean(JSON.parse(file('docs/agreement.schema.json'))) as Schema);
const GROUPS = grouped(FOUND, undefined);
const entries = GROUPS.flatMap((each) => each.entries);
const names = (key: string) => entries.find((each) => each.key === key)?.parts.flatMap((part) => part.values.map((each) => [part.title, each.name].filter(Boolean).join(': ')));

test('what goes to sales comes first, and each value has one field', () => {
  assert.deepEqual(GROUPS.map((each) => each.name), ['qualification', 'fit', 'engagement', 'handoffs', 'marketing', 'returns', 'people', 'personas', 'score', 'rest']);
  const keys = entries.flatMap((each) => each.parts.flatMap((part) => part.values.map(({ key }) => key)));
  assert.deepEqual(keys.toSorted(), FOUND.values.map((each) => each.path.join('.')).toSorted());
});

const NAMED: [string, string[]][] = [
  ['threshold', ['Points']],
  ['engagement.visit', ['Points', 'At most so many points', 'In so much time']],
  ['engagement.three-pages-in-a-week', ['Points', 'Signals, at least', 'Signals within', 'At most so many times', 'In so much time']],
  ['handoffs.consultation', [
    'Nobody free: tell manager after', 'Accept: Within', 'Accept: Remind at', 'Accept: Tell manager at', 'Accept: Pass on at', 'First contact: Within', 'First contact: Remind at',
    'First contact: Tell manager at', 'First contact: Pass on at', 'Next action: Within', 'Next action: Remind at', 'Next action: Tell manager at',
  ]],
  ['personas.operations-leader', ['Counts from', 'Employees from', 'To', 'Budget at least', 'Weight of title', 'Weight of industry']],
  ['marketing.review', ['Within', 'Remind at', 'Tell manager at']],
  ['retention', ['Spam']],
];

for (const [key, told] of NAMED) {
  test(`the fields of ${key} are named as people speak`, () => assert.deepEqual(names(key), told));
}

test('no two fields of a part have the same name, unless they are steps of one ladder', () => {
  for (const entry of entries) {
    for (const part of entry.parts) {
      const told = part.values.map((each) => each.name);
      assert.equal(new Set(told).size, told.length, `${entry.key}: ${told.join(', ')}`);
    }
  }
});

test('a finding stands at its field: by its path, or by the line and column of its name', () => {
  const points = FOUND.values.find((each) => each.path.join('.') === 'engagement.whitepaper.points');
  const line = TEXT.slice(0, points?.from).split('\n').length;
  const column = (points?.begins ?? 0) - TEXT.lastIndexOf('\n', points?.begins) ;
  const [byPath, byPlace, other] = [
    { field: 'engagement.whitepaper.points', detail: '' }, { field: 'engagement.2', detail: '', line, column }, { field: 'engagement.whitepaper.signal.kind', detail: '', line, column: column + 21 },
  ];
  assert.ok(points);
  assert.equal(foundAt(placed([other, byPath], TEXT), points), byPath);
  assert.equal(foundAt(placed([other, byPlace], TEXT), points), byPlace);
  assert.equal(foundAt(placed([other], TEXT), points), undefined);
  const entry = entries.find((each) => each.key === 'engagement.whitepaper');
  assert.ok(entry);
  assert.deepEqual(foundIn([byPath, other], entry, new Set([byPath])), [other]);
});

test('a time is told in words', () => {
  assert.deepEqual(['30m', '1h 30m', '1d', '2w', 'never', '2 business hours', '90s'].map(spokenTime), ['30 minutes', '1 hour 30 minutes', '1 day', '2 weeks', '', '', '90 seconds']);
});

const at = (path: string) => ({ text: path, path: path.split('.') });
const text = (said: string) => ({ text: said });
const LINES: [LinePart[], string][] = [
  [[at('handoffs.target_account.clocks.first_contact.within'), text(' '), { text: '30m', seconds: 1800 }, text(' → '), { text: '1h 30m', seconds: 5400 }],
    'How fast sales acts: Target account lead, First contact, Within 30 minutes → 1 hour 30 minutes'],
  [[at('handoffs.sql.clocks.accept.ladder'), text(' '), { text: '[…]', steps: [{ at: '50%', do: 'remind' }] }, text(' → '), { text: '[…]', steps: [{ at: '60%', do: 'remind' }, { at: '100%', do: 'escalate' }] }],
    'How fast sales acts: Sales qualified lead, Accept, Ladder remind at 50% → remind at 60%, tell manager at 100%'],
  [[at('handoffs.sql.clocks'), text(': new clock '), at('handoffs.sql.clocks.second_contact'), text(' ('), { text: '2d', seconds: 172_800 }, text(')')],
    'How fast sales acts: Sales qualified lead: new clock Second contact (2 days)'],
  [[at('teams.sales.reps.capacity'), text(' 25 → 20')], 'Teams: Sales, Open leads at most, each 25 → 20'],
  [[at('marketing.bad_timing'), text(' 90 days → 60 days')], 'What marketing does: Bad timing 90 days → 60 days'],
  [[at('retention.spam'), text(' 90 days → 60 days; who is silent')], 'What else is agreed: How long people are kept, Spam 90 days → 60 days; who is silent'],
  [[at('engagement.whitepaper.points'), text(' 50 → 60')], 'What a lead does: Whitepaper, points 50 → 60'],
  [[at('engagement.three-pages.at_most'), text(' at most once in '), { text: '90d', seconds: 7_776_000 }], 'What a lead does: Three pages at most once in 90 days'],
  [[at('fit.vice-president.by_persona.cto'), text(' none → 20')], 'What a lead is: Vice president, points for cto none → 20'],
  [[at('fit.vice-president.when'), text(' '), { text: String.raw`title like /\b(vp|cto)\b/`, asks: true }, text(' → '), { text: 'title one of vp, cto', asks: true }],
    'What a lead is: Vice president, when title with vp or cto in it → title one of vp, cto'],
  [[at('fit'), text(': new rule '), at('fit.title-director'), text(' (15 points): when '), { text: String.raw`title like /\b(director|head of)\b/`, asks: true }],
    'What a lead is: new rule Title director (15 points): when title with director or head of in it'],
  [[at('fit'), text(': rule '), at('fit.student'), text(' is gone (-50 points)')], 'What a lead is: rule Student is gone (-50 points)'],
  [[at('engagement'), text(': in another order, '), at('engagement.visit'), text(', '), at('engagement.pricing-and-webinar')], 'What a lead does: in another order, Visit, Pricing and webinar'],
  [[at('form_handoffs'), text(' 3 → 2')], 'What else is agreed: Target accounts, People a day whom only forms know 3 → 2'],
  [[at('half_life'), text(' '), { text: '30d', seconds: 2_592_000 }, text(' → '), { text: '45d', seconds: 3_888_000 }], 'How points become a score: Points and score, Points count half after 30 days → 45 days'],
  [[at('threshold'), text(' 100 → 80')], 'Who goes to sales: Sales gets a lead with a score of 100 → 80'],
  [[text('nothing but wording')], 'nothing but wording'],
];

for (const [line, told] of LINES) {
  test(`“${told}” is told from parts`, () => assert.equal(spokenLine(line), told));
}

test('a line names its rule, unless it says what it asks', () => {
  const student = { text: 'student', rule: 'fit.student' };
  const lines = [[student, text(' -50 → -40')], [student, text(' when '), { text: 'title known', asks: true }], [student, { text: 'cto', rule: 'fit.cto' }], [text('threshold 100 → 80')]];
  assert.deepEqual(lines.map(ruleOfLine), ['fit.student', undefined, undefined, undefined]);
});
