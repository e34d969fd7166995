import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayWords, fullMoment, inputMoment, isoDay, shortDate, shortMoment, typedMoment } from '../src/format/moments.ts';

const AT = '2026-03-02T08:05:00Z';

test("a moment has the agreement's time beside the reader's where the two differ", () => {
  assert.equal(shortMoment(AT, 'Europe/Berlin'), 'Mon 2 Mar, 09:05');
  const both = fullMoment(AT, 'America/New_York', 'Europe/Berlin');
  assert.match(both, /09:05 \(Europe\/Berlin\)\n.*03:05 in America\/New_York$/);
  assert.doesNotMatch(fullMoment(AT, 'Europe/Paris', 'Europe/Berlin'), /\n/);
  assert.doesNotMatch(fullMoment(AT, null, 'Europe/Berlin'), /\n/);
});

test('a moment of another year than the present one has its year', () => {
  const present = Date.parse('2026-12-31T23:30:00Z');
  assert.equal(shortMoment(AT, 'Europe/Berlin', present), 'Mon, 2 Mar 2026, 09:05');
  assert.equal(shortMoment(AT, 'UTC', present), 'Mon 2 Mar, 08:05');
});

test('a day of a calendar is that day in every zone', () => {
  assert.equal(dayWords('2031-03-10'), 'Mon, 10 Mar 2031');
});

test('the day of a moment is that of the zone that is asked for', () => {
  const begin = '2027-02-28T23:00:00Z';
  assert.equal(isoDay(begin, 'Europe/Berlin'), '2027-03-01');
  assert.equal(isoDay(begin, 'UTC'), '2027-02-28');
  assert.equal(shortDate(begin, 'Europe/Berlin'), 'Mon, 1 Mar 2027');
});

test('what a field for a moment holds comes back as the same moment', () => {
  assert.equal(typedMoment(inputMoment(new Date(AT))), '2026-03-02T08:05:00.000Z');
  assert.equal(typedMoment(''), undefined);
  assert.equal(typedMoment('soon'), undefined);
});
