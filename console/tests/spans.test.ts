import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agoWords, DAY, dueWords, HOUR, MINUTE, span, urgency } from '../src/format/spans.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');

test('a span reads as briefly as people say it', () => {
  const cases: [number, string][] = [
    [30_000, 'less than a minute'], [MINUTE, '1 min'], [59 * MINUTE, '59 min'], [HOUR, '1 h'], [72 * MINUTE, '1 h 12 min'],
    [61 * MINUTE, '1 h 1 min'], [23 * HOUR + 59 * MINUTE, '23 h 59 min'], [DAY, '1 day'], [2 * DAY + 3 * HOUR, '2 days 3 h'],
    [5 * DAY + 3 * HOUR, '5 days'], [21 * DAY, '3 weeks'],
  ];
  for (const [length, words] of cases) {
    assert.equal(span(length), words);
    assert.equal(span(-length), words);
  }
});

test('a deadline is late from its moment on, and soon for two hours before', () => {
  assert.equal(urgency(NOW, NOW), 'late');
  assert.equal(urgency(NOW + 1, NOW), 'soon');
  assert.equal(urgency(NOW + 2 * HOUR, NOW), 'soon');
  assert.equal(urgency(NOW + 2 * HOUR + 1, NOW), 'later');
  assert.equal(dueWords(NOW + 72 * MINUTE, NOW), 'due in 1 h 12 min');
  assert.equal(dueWords(NOW - 3 * HOUR, NOW), 'overdue by 3 h');
});

test('after an appointment a deadline is due now until its grace is over, and late from then on', () => {
  const grace = NOW + HOUR;
  assert.deepEqual([urgency(NOW, NOW, grace), dueWords(NOW, NOW, grace)], ['soon', 'due now']);
  assert.deepEqual([urgency(NOW, grace - 1, grace), dueWords(NOW, grace - 1, grace)], ['soon', 'due now']);
  assert.deepEqual([urgency(NOW, grace, grace), dueWords(NOW, grace + 3 * HOUR, grace)], ['late', 'overdue by 3 h']);
  assert.equal(dueWords(NOW + HOUR, NOW, NOW + 2 * HOUR), 'due in 1 h');
});

test('a moment reads as how long ago it was', () => {
  assert.equal(agoWords(NOW - 10_000, NOW), 'just now');
  assert.equal(agoWords(NOW - 3 * HOUR, NOW), '3 h ago');
  assert.equal(agoWords(NOW + 2 * DAY, NOW), 'in 2 days');
});
