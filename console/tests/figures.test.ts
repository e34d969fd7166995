import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentBeside, points } from '../src/screens/meeting/figures.ts';

test('a target that was missed by less than a point is seen to be missed', () => {
  assert.equal(percentBeside(0.896, 0.9), '89.6%');
  assert.equal(points(0.896 - 0.9), '−0.4 points');
});

test('whole points stay whole', () => {
  assert.equal(percentBeside(0.93, 0.95), '93%');
  assert.equal(percentBeside(0.9, 0.9), '90%');
  assert.deepEqual([0.01, -0.12, 0, 1e-9].map(points), ['+1 point', '−12 points', '0 points', '0 points']);
});
