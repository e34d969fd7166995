import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leaveNear } from '../src/screens/roster/away.ts';

const NOW = Date.parse('2026-12-02T23:30:00Z');
const BERLIN = 'Europe/Berlin';
const told = (...given: Parameters<typeof leaveNear>) => leaveNear(...given)?.told;
const leave = (from: string, to: string) => ({ from, to });

test('a leave that has begun is told until its last day', () => {
  assert.equal(told([leave('2026-12-01', '2026-12-07')], NOW, BERLIN), 'away until Mon 7 Dec');
  assert.equal(told([leave('2026-12-01', '2026-12-03'), leave('2026-12-02', '2027-01-04')], NOW, BERLIN), 'away until Mon, 4 Jan 2027');
  assert.equal(leaveNear([leave('2026-12-01', '2026-12-07')], NOW, BERLIN)?.begun, true);
  assert.equal(told([leave('2026-12-01', '9999-12-31')], NOW, BERLIN), 'away until further notice');
  assert.equal(told([leave('2026-12-02T08:00:00Z', '2026-12-03T10:00:00Z')], NOW, 'UTC'), 'away until Thu 3 Dec, 10:00');
});

test('a leave of dates begins and ends with the day where the person works', () => {
  assert.equal(told([leave('2026-12-03', '2026-12-03')], NOW, BERLIN), 'away until Thu 3 Dec');
  assert.equal(told([leave('2026-12-03', '2026-12-03')], NOW, 'UTC'), 'away on Thu 3 Dec');
  assert.equal(told([leave('2026-12-01', '2026-12-02')], NOW, 'UTC'), 'away until Wed 2 Dec');
  assert.equal(told([leave('2026-12-01', '2026-12-02')], NOW, BERLIN), undefined);
});

test('a leave within two weeks is told before it begins, the next one first; a later one is not', () => {
  const later = leave('2026-12-14', '2026-12-18');
  assert.equal(told([later], NOW, BERLIN), 'away from Mon 14 Dec to Fri 18 Dec');
  assert.equal(told([later, leave('2026-12-07', '2026-12-07')], NOW, BERLIN), 'away on Mon 7 Dec');
  assert.equal(told([leave('2026-12-24', '2027-01-03')], NOW, BERLIN), undefined);
  assert.equal(told([], NOW, BERLIN), undefined);
  assert.equal(told(undefined, NOW, undefined), undefined);
});
