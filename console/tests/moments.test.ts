import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullMoment, hereTold, inputMoment, shortMoment, typedMoment } from '../src/format/moments.ts';

const AT = '2026-03-02T08:05:00Z';

test("a moment has the agreement's time beside the reader's where the two differ", () => {
  assert.equal(shortMoment(AT, 'Europe/Berlin'), 'Mon 2 Mar, 09:05');
  const both = fullMoment(AT, 'America/New_York', 'Europe/Berlin');
  assert.match(both, /09:05 \(Europe\/Berlin\)\n.*03:05 in America\/New_York$/);
  assert.doesNotMatch(fullMoment(AT, 'Europe/Paris', 'Europe/Berlin'), /\n/);
  assert.doesNotMatch(fullMoment(AT, null, 'Europe/Berlin'), /\n/);
});

test("a kept sentence tells its times in the reader's zone", () => {
  const kept = 'asked for a person through the form consultation on 24 November 2026 at 23:30 UTC';
  assert.match(hereTold(kept, 'Europe/Berlin'), /on 25 November 2026(,| at) 00:30$/);
  assert.equal(hereTold('asked on 41 Smarch 2026 at 09:30 UTC', 'Europe/Berlin'), 'asked on 41 Smarch 2026 at 09:30 UTC');
  assert.equal(hereTold('the score of 81 has reached 80'), 'the score of 81 has reached 80');
});

test('what a field for a moment holds comes back as the same moment', () => {
  assert.equal(typedMoment(inputMoment(new Date(AT))), '2026-03-02T08:05:00.000Z');
  assert.equal(typedMoment(''), undefined);
  assert.equal(typedMoment('soon'), undefined);
});
