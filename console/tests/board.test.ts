import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOfDay } from '../src/format/moments.ts';
import { shown, together } from '../src/screens/board/counts.ts';

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
