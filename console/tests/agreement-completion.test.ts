import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { proposals } from '../src/screens/agreement/editor/completion.ts';
import { lean } from '../src/screens/agreement/editor/lean-schema.ts';
import { placeAt } from '../src/screens/agreement/editor/place.ts';
import type { Schema } from '../src/screens/agreement/editor/schema.ts';

const SCHEMA = JSON.parse(readFileSync(new URL('../../docs/agreement.schema.json', import.meta.url), 'utf8')) as Schema;

/** Returns the words proposed where the mark `|` stands. */
function at(marked: string): string[] {
  const position = marked.indexOf('|');
  const found = proposals(SCHEMA, marked.replace('|', ''), position);
  return found?.options.map((each) => each.label) ?? [];
}

const PLACES: [string, string, string[], string[]][] = [
  ['the top', 'title: Ours\nthr|', ['threshold', 'teams', 'fit'], ['title']],
  ['the top, above others', '|\ntitle: Ours\nfit: []\n', ['threshold'], ['title', 'fit']],
  ['an entry of a list', 'fit:\n  - |', ['id', 'points', 'when'], ['threshold']],
  ['an entry of a list that has begun', 'fit:\n  - id: senior\n    po|', ['points', 'when'], ['id']],
  ['above names that stand already', 'fit:\n  - id: a\n    |\n    points: 3\n  - when: {}\n', ['when'], ['id', 'points']],
  ['a condition in braces', 'fit:\n  - id: x\n    when: {title: CEO, em|', ['employees', 'email_domain'], ['title', 'points']],
  ['a condition in braces that are closed', 'fit:\n  - id: x\n    when: {|}\n', ['employees', 'title'], ['points']],
  ['a condition below its name', 'fit:\n  - id: x\n    when:\n      |', ['employees', 'title'], ['points']],
  ['conditions in a list', 'mql:\n  any: [{title: CEO}, {sco|', ['score'], ['points']],
  ['a number test', 'fit:\n  - id: x\n    when: {employees: {at|', ['at_least', 'at_most'], ['title']],
  ['a name of ours', 'teams:\n  sales:\n    |', ['label', 'reps'], ['teams']],
  ['a word to choose', 'handoffs:\n  score:\n    clocks:\n      accept:\n        ladder:\n          - {at: 50%, do: |', ['remind', 'escalate'], ['at']],
  ['yes or no', 'fit:\n  - id: x\n    when: {free_mail: |', ['true', 'false'], ['title']],
  ['a team of this agreement', 'teams:\n  sales:\n    label: S\n  north:\n    label: N\nhandoffs:\n  score:\n    team: |', ['sales', 'north'], ['label']],
  ['a step of a clock', 'handoffs:\n  score:\n    clocks:\n      accept:\n        ladder:\n          - |', ['at', 'do'], ['team']],
];

for (const [where, marked, has, hasNot] of PLACES) {
  test(`at ${where} it proposes what may stand there`, () => {
    const found = at(marked);
    assert.deepEqual(has.filter((word) => !found.includes(word)), [], `missing of ${found.join(' ')}`);
    assert.deepEqual(hasNot.filter((word) => found.includes(word)), [], `too much of ${found.join(' ')}`);
  });
}

test('inside comments, quotes and plain text it proposes nothing', () => {
  for (const marked of ['# thr|', 'title: "thr|', 'title: Ours\nfit:\n  - id: x # po|', 'title: >\n  some thr|']) {
    assert.deepEqual(at(marked), [], marked);
  }
});

test('a long agreement is not read as a whole: only the entry of the section that the cursor is in', () => {
  const rules = Array.from({ length: 4000 }, (_, n) => `  - id: rule-${n}\n    points: 3\n    when: {title: CEO}\n`).join('');
  const texts = ([
    ['teams:\n  sales:\n    ', ['teams', 'sales']], ['  - id: last\n    when:\n      ', ['fit', '[]', 'when']],
    ['  - {id: last, when: {ti', ['fit', '[]', 'when']], ['    ', ['fit', '[]']], ['  - ', ['fit', '[]']],
  ] as const).map(([more, path]) => [`title: Ours\nfit:\n  # the rules\n${rules}${more}`, path] as const);
  const unindented = `fit:\n${rules.replaceAll(/^ {2}/gm, '')}- id: last\n  when: {ti`;
  const took = [1, 2, 3, 4, 5].map(() => {
    const begun = performance.now();
    for (const [text, path] of [...texts, [unindented, ['fit', '[]', 'when']] as const]) {
      assert.deepEqual(placeAt(text, text.length)?.path, path, text.slice(-40));
    }
    return performance.now() - begun;
  });
  assert.ok(Math.min(...took) < 100, `${took} ms: other work on the machine does not slow all of them`);
});

test('a name that must be there comes first and says so', () => {
  const found = proposals(SCHEMA, 'fit:\n  - ', 9);
  assert.equal(found?.options[0]?.detail, 'needed');
});

test('what the editor is given of the schema proposes the same as the whole schema', () => {
  for (const [, marked] of PLACES) {
    const [text, position] = [marked.replace('|', ''), marked.indexOf('|')];
    assert.deepEqual(proposals(lean(SCHEMA) as Schema, text, position), proposals(SCHEMA, text, position), marked);
  }
});
