import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOfDay } from '../src/format/moments.ts';
import { shown, together, withOpened } from '../src/screens/board/counts.ts';

test('several counts are one, which ends at 99 as each of them does', () => {
  const few = (count: number) => ({ count, more: false });
  assert.equal(shown(together([few(1), few(7), few(4)])), '12');
  assert.equal(shown(together([few(50), few(49)])), '99');
  assert.equal(shown(together([few(50), few(50)])), '99+');
  assert.equal(shown(together([few(2), { count: 3, more: true }])), '5+');
  assert.equal(shown(together([])), '0');
});

test('a day begins at midnight where the reader is, whatever the hour', () => {
  const midnight = new Date(2026, 2, 2).getTime();
  for (const hour of [0, 9, 23]) assert.equal(startOfDay(midnight + hour * 3_600_000), new Date(midnight).toISOString());
});

test('a row whose form is open stays in its place when its lead leaves the list', () => {
  const rows = (...ids: string[]) => ids.map((lead_id) => ({ lead_id }));
  const opened = new Map([['b', { row: { lead_id: 'b' }, at: 1 }], ['d', { row: { lead_id: 'd' }, at: 3 }]]);
  const names = (...ids: string[]) => withOpened(rows(...ids), opened).map((each) => each.lead_id).join('');
  assert.equal(names('a', 'c'), 'abcd');
  assert.equal(names('a', 'b', 'c', 'd'), 'abcd');
  assert.equal(names(), 'bd');
  assert.equal(names('d', 'c', 'b'), 'dcb');
});
