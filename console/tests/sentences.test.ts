import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hereTold, partsOf } from '../src/format/sentences.ts';

const NOW = Date.parse('2026-12-28T12:00:00Z');
const plain = (sentence: string) => partsOf(sentence, NOW).map((part) => part.text).join('');

test("a kept sentence tells its times in the reader's zone", () => {
  const kept = 'asked for a person through the form consultation on 24 November 2026 at 23:30 UTC';
  assert.match(hereTold(kept, NOW, 'Europe/Berlin'), /on 25 November 2026(,| at) 00:30$/);
  assert.equal(hereTold('asked on 41 Smarch 2026 at 09:30 UTC', NOW, 'Europe/Berlin'), 'asked on 41 Smarch 2026 at 09:30 UTC');
  assert.equal(hereTold('the score of 81 has reached 80', NOW), 'the score of 81 has reached 80');
});

test('several moments of a sentence are told apart, with the text around them', () => {
  const parts = partsOf('must act by 4 December 2026 at 10:20 UTC; was told on 1 December 2026 at 08:00 UTC.', NOW);
  assert.deepEqual(parts.map((part) => part.at ? new Date(part.at).toISOString() : part.text),
    ['must act by ', '2026-12-04T10:20:00.000Z', '; was told on ', '2026-12-01T08:00:00.000Z', '.']);
});

test('when somebody is at work again is told where the reader is, in the year that is nearest', () => {
  const [, at] = partsOf('is not at work before Mon 4 January 09:00 (Europe/Berlin)', NOW);
  assert.equal(new Date(at?.at ?? 0).toISOString(), '2027-01-04T08:00:00.000Z');
  const [, summer] = partsOf('is not at work before Mon 1 June 09:00 (America/New_York)', Date.parse('2026-05-30T00:00:00Z'));
  assert.equal(new Date(summer?.at ?? 0).toISOString(), '2026-06-01T13:00:00.000Z');
  for (const odd of ['back on Mon 7 January 09:00 (Europe/Berlin)', 'back on Mon 4 January 09:00 (Europe/Nowhere)', 'back on Mon 40 January 09:00 (UTC)']) {
    assert.equal(partsOf(odd, NOW).length, 1, odd);
  }
});

test("points have their rule's name and codes read as words", () => {
  assert.equal(plain('pricing-and-webinar: 30'), 'Pricing and webinar: +30 points');
  assert.equal(plain('careers: -20.5'), 'Careers: −20.5 points');
  assert.equal(plain('returned by sales: bad_fit'), 'returned by sales: bad fit');
  assert.equal(plain('asked for a person through the form content-download'), 'asked for a person through the form content download');
  assert.equal(plain('asked for a person (demo_requested, book-a-demo) on'), 'asked for a person (demo requested, book a demo) on');
  assert.equal(plain('sam_s@your-company.example is to act'), 'sam_s@your-company.example is to act');
});
