import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byEffect } from '../src/screens/agreement/findings.ts';
import { scoredOf } from '../src/screens/agreement/in-force/scored.ts';
import { lineDifferences } from '../src/screens/agreement/line-differences.ts';
import { answers, Remembered } from '../src/screens/agreement/trial/meaning.ts';

test('lines of differences are told by their effect, the gravest first', () => {
  const lines = ['forms.guide is gone', 'threshold 100 → 80', 'title', 'labels'];
  assert.deepEqual(byEffect(lines, { stops: 1, decides: 1, other: 2 }), [
    { effect: 'stops', lines: ['forms.guide is gone'] },
    { effect: 'decides', lines: ['threshold 100 → 80'] },
    { effect: 'other', lines: ['title', 'labels'] },
  ]);
  assert.deepEqual(byEffect(['nothing but wording'], { stops: 0, decides: 0, other: 0 }).map((each) => each.effect), ['other']);
});

test('two texts show what is only in one of them, and two lines around it', () => {
  const base = Array.from({ length: 9 }, (_, n) => `line ${n}`);
  const mine = base.with(4, 'mine').join('\n');
  const theirs = base.with(4, 'theirs').join('\n');
  assert.deepEqual(lineDifferences(mine, theirs).map((each) => [each.kind, each.kind === 'skipped' ? each.count : each.text]), [
    ['skipped', 2], ['same', 'line 2'], ['same', 'line 3'], ['theirs', 'theirs'], ['mine', 'mine'],
    ['same', 'line 5'], ['same', 'line 6'], ['skipped', 2],
  ]);
  assert.deepEqual(lineDifferences(mine, mine), []);
});

test('the lines of either side read in order are that text, whatever was changed', () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 200; round += 1) {
    const [mine, theirs] = [0, 1].map(() => Array.from({ length: random(6) + 1 }, () => 'abc'[random(3)] ?? ''));
    const lines = lineDifferences((mine ?? []).join('\n'), (theirs ?? []).join('\n'));
    if (!lines.length) { assert.deepEqual(mine, theirs); continue; }
    if (lines.some((each) => each.kind === 'skipped')) continue;
    assert.deepEqual(lines.filter((each) => each.kind !== 'theirs').map((each) => each.text), mine);
    assert.deepEqual(lines.filter((each) => each.kind !== 'mine').map((each) => each.text), theirs);
  }
});

test('two texts of 200,000 characters are compared in a fifth of a second', () => {
  const [mine, theirs] = ['a', 'b'].map((word) => Array.from({ length: 5000 }, (_, n) => `  - {id: rule-${n}, ${word}: ${n % 7}, points: 3}`).join('\n'));
  const begun = performance.now();
  assert.equal(lineDifferences(mine ?? '', theirs ?? '').length, 10_000);
  assert.ok(performance.now() - begun < 200);
});

test('a text that says the same as the one that was tried is not tried again', () => {
  const found = { text: 'threshold: 80', answer: { meaning: 'a' } };
  assert.equal(answers(undefined, { text: 'threshold: 80', meaning: undefined }), false);
  assert.equal(answers(found, { text: 'threshold: 80', meaning: undefined }), true);
  assert.equal(answers(found, { text: 'threshold: 80 # less', meaning: 'a' }), true);
  assert.equal(answers(found, { text: 'threshold: 90', meaning: 'b' }), false);
  assert.equal(answers(found, { text: 'threshold: 90', meaning: undefined }), false);
});

test('what was told of a text is remembered for a minute, by its words and by its meaning', () => {
  const told = new Remembered<{ meaning: string }>();
  const asked = (text: string, meaning: string | undefined, at: number) => told.of({ text, meaning }, at)?.answer.meaning;
  told.keep('threshold: 80', { meaning: 'a' }, 0);
  told.keep('threshold: 90', { meaning: 'b' }, 30_000);
  assert.equal(asked('threshold: 80', undefined, 59_999), 'a');
  assert.equal(asked('threshold: 80 # less', 'a', 59_999), 'a');
  assert.equal(asked('threshold: 80', 'a', 60_000), undefined);
  assert.equal(asked('threshold: 90', undefined, 60_000), 'b');
  assert.equal(asked('threshold: 70', undefined, 30_000), undefined);
  for (let count = 0; count < 12; count += 1) told.keep(`title: ${count}`, { meaning: `${count}` }, 30_000);
  assert.equal(asked('threshold: 90', 'b', 30_000), undefined, 'only the last dozen');
});

test('the bar of a re-scoring says of how many leads, and of how many queues if nobody counted them', () => {
  const far = { leads_seen: 320, queues_done: 3, queues: 28 };
  assert.deepEqual(scoredOf({ ...far, leads: 1500 }), { done: 320, of: 1500, told: '320 of 1,500 leads' });
  assert.equal(scoredOf({ ...far, leads: 319 }).told, '320 of 320 leads', 'one has come since');
  assert.deepEqual(scoredOf(far), { done: 3, of: 28, told: '3 of 28 queues of leads' });
});
