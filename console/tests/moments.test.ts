import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayWords, fullMoment, givenMoment, inputMoment, isoDay, shortDate, shortMoment, typedMoment } from '../src/format/moments.ts';

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

test('a date that somebody gave is that date for every reader, and any other moment is told whole', () => {
  const present = Date.parse('2026-12-02T12:00:00Z');
  const cases: [string, string | null, string | undefined, string][] = [
    ['2027-02-28T23:00:00Z', 'Europe/Berlin', 'America/New_York', 'Mon, 1 Mar 2027'],
    ['2027-02-28T23:00:00Z', 'UTC', 'Europe/Berlin', 'Mon, 1 Mar 2027, 00:00'],
    ['2027-02-28T22:59:00Z', 'Europe/Berlin', 'UTC', 'Sun, 28 Feb 2027, 22:59'],
    ['2026-12-05T00:00:00Z', null, 'UTC', 'Sat, 5 Dec 2026'],
    ['2026-12-04T08:30:00Z', 'Europe/Berlin', 'UTC', 'Fri 4 Dec, 08:30'],
  ];
  for (const [at, zone, own, told] of cases) assert.equal(givenMoment(at, zone, present, own), told);
});

test('a day that begins after a midnight that clocks skip is a date, too', () => {
  assert.equal(givenMoment('2026-04-23T22:00:00Z', 'Africa/Cairo'), 'Fri, 24 Apr 2026');
});

test('what a field for a moment holds comes back as the same moment', () => {
  assert.equal(typedMoment(inputMoment(new Date(AT))), '2026-03-02T08:05:00.000Z');
  assert.equal(typedMoment(''), undefined);
  assert.equal(typedMoment('soon'), undefined);
});
