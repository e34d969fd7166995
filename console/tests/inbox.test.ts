import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learned } from '../src/screens/inbox/learned.ts';
import { isOverdue, nextDue } from '../src/screens/inbox/sums.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');
const moment = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const at = (minutes: number, grace = 0) => ({ clock: { due_at: moment(minutes), late_after: moment(minutes + grace) }, overdue_since: null });
const CLOCKLESS = { clock: null, overdue_since: null };

test('what was learned is sent as it was typed, and what was not asked is left out', () => {
  assert.deepEqual(learned({}), {});
  assert.deepEqual(learned({ budget: { met: '', words: ' ' } }), {});
  assert.deepEqual(learned({ budget: { met: '', words: ' 48k EUR ' } }), { budget: { value: '48k EUR' } });
  assert.deepEqual(learned({ need: { met: 'no', words: '' } }), { need: { value: false, met: false } });
  assert.deepEqual(learned({ timeline: { met: 'yes', words: 'May' } }), { timeline: { value: 'May', met: true } });
});

test('the inbox says which deadline comes next, and what is overdue', () => {
  assert.equal(nextDue([at(300), at(72), at(-10)], NOW), ', the next is due in 1 h 12 min.');
  assert.equal(nextDue([at(-10), at(-20)], NOW), ', the next is overdue by 20 min.');
  assert.equal(nextDue([CLOCKLESS], NOW), ', and none is waiting.');
  assert.equal(isOverdue(at(0), NOW), true);
  assert.equal(isOverdue(at(1), NOW), false);
  assert.equal(isOverdue(CLOCKLESS, NOW), false);
});

test('within the grace of an appointment a lead is due now, and overdue only if another clock of it is', () => {
  assert.equal(nextDue([at(-10, 60)], NOW), ', the next is due now.');
  assert.equal(isOverdue(at(-10, 60), NOW), false);
  assert.equal(isOverdue(at(-60, 60), NOW), true);
  assert.equal(isOverdue({ ...at(-10, 60), overdue_since: moment(-5) }, NOW), true);
});
