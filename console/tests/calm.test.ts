import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calm } from '../src/shell/calm.ts';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));
const shown = (before: string[], now: { id: string }[]) => {
  const { rows: kept, fresh } = calm(before, now, (row) => row.id);
  return [kept.map((row) => row.id).join(''), fresh];
};

test('new rows before or among those that are shown are counted, and move nothing', () => {
  assert.deepEqual(shown(['a', 'b'], rows('x', 'a', 'y', 'b')), ['ab', 2]);
});

test('rows keep their order, and those that are gone leave', () => {
  assert.deepEqual(shown(['a', 'b', 'c'], rows('c', 'a')), ['ac', 0]);
});

test('new rows behind the last that is shown are shown at once', () => {
  assert.deepEqual(shown(['a', 'b'], rows('b', 'y', 'z')), ['byz', 0]);
});

test('a row that two pages have is shown once, and is not counted as new', () => {
  assert.deepEqual(shown(['a', 'b', 'c'], rows('a', 'b', 'c', 'b')), ['abc', 0]);
  assert.deepEqual(shown(['a'], rows('a', 'b', 'b')), ['ab', 0]);
});
