import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { yamlLanguage } from '@codemirror/lang-yaml';
import { lean } from '../src/screens/agreement/editor/lean-schema.ts';
import type { Schema } from '../src/screens/agreement/editor/schema.ts';
import type { Change } from '../src/screens/agreement/editor/editor.ts';
import { least, switched, termsIn, written } from '../src/screens/agreement/rules/values.ts';

const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const SCHEMA = lean(JSON.parse(file('docs/agreement.schema.json'))) as Schema;
const PACKAGED = file('layers/common/python/baton/agreement/default.yaml');

const termsOf = (text: string) => termsIn(yamlLanguage.parser.parse(text), text, SCHEMA);
const valueOf = (text: string, path: string) => termsOf(text).values.find((each) => each.path.join('.') === path);

function changed(text: string, changes: Change[]): string {
  return [...changes].sort((one, other) => other.from - one.from).reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text);
}

function wrote(text: string, path: string, typed: string): string {
  const value = valueOf(text, path);
  assert.ok(value, path);
  return changed(text, [written(text, value, typed)]);
}

function turned(text: string, id: string): string {
  const rule = termsOf(text).rules.find((each) => each.id === id);
  assert.ok(rule, id);
  return changed(text, switched(yamlLanguage.parser.parse(text), text, rule));
}

const PLACES: [string, string, string][] = [
  ['threshold', 'number', '100'],
  ['score.half_life', 'time', '30d'],
  ['score.fit.at_least', 'number', '-100'],
  ['score.fit_bands.A', 'number', '75'],
  ['fit.student.points', 'number', '-50'],
  ['engagement.visit.at_most.per', 'time', '7d'],
  ['engagement.three-pages-in-a-week.when.signals.at_least', 'number', '3'],
  ['mql.score.at_least', 'number', '60'],
  ['personas.operations-leader.counts_from', 'share', '50%'],
  ['personas.operations-leader.criteria.employees.between.2', 'number', '5000'],
  ['personas.operations-leader.weights.title', 'number', '3'],
  ['handoffs.consultation.clocks.accept.within', 'time', '30m'],
  ['handoffs.sql.clocks.accept.ladder.3.at', 'share', '150%'],
  ['teams.sales.reps.capacity', 'number', '25'],
  ['return_reasons.bad_timing.review_after', 'time', '90d'],
  ['marketing.checklist.engagement.yes_if.signals.within', 'time', '60d'],
  ['retention.spam', 'long', '90 days'],
];

for (const [path, kind, text] of PLACES) {
  test(`${path} is found in the packaged agreement, as it is written`, () => {
    const value = valueOf(PACKAGED, path);
    assert.deepEqual([value?.kind, value?.written, PACKAGED.slice(value?.from, value?.to)], [kind, text, text]);
  });
}

test('what a web page or a tool needs is no value of the agreement, nor is a word', () => {
  const paths = termsOf(PACKAGED).values.map((each) => each.path.join('.'));
  assert.deepEqual(paths.filter((path) => /^(?:forms|webhooks|content)\b|\.(?:id|do|kind|title|label)$/.test(path)), ['personas.operations-leader.weights.title', 'personas.it-leader.weights.title']);
  assert.equal(new Set(paths).size, paths.length);
});

test('each value of the packaged agreement is written in its place, and nothing else changes', () => {
  for (const value of termsOf(PACKAGED).values) {
    const path = value.path.join('.');
    const now = wrote(PACKAGED, path, '7');
    const spelt = value.kind === 'share' ? '7%' : '7';
    assert.equal(now, PACKAGED.slice(0, value.from) + spelt + PACKAGED.slice(value.to), path);
    assert.equal(valueOf(now, path)?.written, spelt, path);
    assert.equal(wrote(now, path, value.written), PACKAGED, path);
  }
});

for (const name of readdirSync(new URL('../../docs/agreements', import.meta.url)).filter((each) => each.endsWith('.yaml'))) {
  test(`the values and rules of ${name} are found where they stand`, () => {
    const text = file(`docs/agreements/${name}`);
    const { values, rules } = termsOf(text);
    assert.ok(values.length > 10);
    for (const value of values) assert.equal(text.slice(value.from, value.to), value.written);
    for (const { id, mayStrike } of rules.slice(0, 5)) assert.equal(mayStrike && turned(turned(text, id), id), text, id);
  });
}

test('a value that is emptied, or is none, keeps its place, so that the next letter finds it', () => {
  for (const typed of ['', 'abc', '-', '1: {', '5, x', '# 5', '"', '[']) {
    const now = wrote(PACKAGED, 'engagement.whitepaper.points', typed);
    assert.equal(valueOf(now, 'engagement.whitepaper.points')?.from !== undefined, true, typed);
    assert.equal(wrote(now, 'engagement.whitepaper.points', '50').replaceAll(/"50"|'50'/g, '50'), PACKAGED, typed);
  }
});

const SPELT: [string, string, string][] = [
  ['handoffs.score.clocks.accept.within', '2 days', 'within: 2d'],
  ['handoffs.score.clocks.accept.within', '1 hour 30 min', 'within: 1h 30m'],
  ['handoffs.score.clocks.accept.within', '2 business hours', 'within: 2 business hours'],
  ['retention.spam', '18 months', 'spam: 18 months'],
  ['personas.it-leader.counts_from', '60', 'counts_from: 60%'],
  ['personas.it-leader.counts_from', '60 %', 'counts_from: 60%'],
];

for (const [path, typed, line] of SPELT) {
  test(`“${typed}” is written as the agreement has it: ${line}`, () => assert.ok(wrote(PACKAGED, path, typed).includes(line)));
}

test('each rule is turned off as comments, in its place, and on again as it was', () => {
  const { rules } = termsOf(PACKAGED);
  assert.equal(rules.length, 12);
  for (const { id } of rules) {
    const off = turned(PACKAGED, id);
    const now = termsOf(off);
    assert.deepEqual(now.rules.map((each) => [each.id, each.isOn]), rules.map((each) => [each.id, each.id !== id]), id);
    assert.equal(now.values.some((each) => each.path[1] === id && each.path[0] !== 'marketing'), false, id);
    assert.deepEqual(off.split('\n').filter((line) => !line.includes('# off: ')), PACKAGED.split('\n').filter((line) => off.split('\n').includes(line)), id);
    assert.equal(turned(off, id), PACKAGED, id);
  }
});

test('all rules of a section are turned off, and on again in another order', () => {
  const ids = ['vice-president', 'student', 'competitor', 'throw-away-address'];
  const off = ids.reduce(turned, PACKAGED);
  assert.ok(off.includes('\nfit: []'));
  assert.equal([...ids].reverse().reduce(turned, off), PACKAGED);
});

test('rules without lines of their own cannot be turned off, only changed', () => {
  const text = 'fit: [{id: a, points: 1, when: {title: CEO}}, {id: b, points: 2, when: {title: CTO}}]\n';
  assert.deepEqual(termsOf(text).rules.map((each) => each.mayStrike), [false, false]);
  assert.equal(wrote(text, 'fit.b.points', '9'), text.replace('points: 2', 'points: 9'));
});

test('a value in quotes, or below a name that was written twice, is changed where it stands', () => {
  const text = 'hold: "7d"  # a week\nmarketing:\n  bad_timing: \'90d\'\n';
  assert.equal(wrote(text, 'hold', '9d'), text.replace('"7d"', '"9d"'));
  assert.equal(wrote(text, 'marketing.bad_timing', '60 days'), text.replace("'90d'", "'60d'"));
});

test('a change leaves out what stays', () => {
  assert.deepEqual(least('points: 50', { from: 8, to: 10, insert: '500' }), { from: 10, to: 10, insert: '0' });
  assert.deepEqual(least('points: 50', { from: 8, to: 10, insert: '60' }), { from: 8, to: 9, insert: '6' });
  assert.deepEqual(least('points: 50', { from: 8, to: 10, insert: '50' }), { from: 10, to: 10, insert: '' });
});
