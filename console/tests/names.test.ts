import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countryName } from '../src/format/names.ts';

test('the code of a country reads as its name, and what is written otherwise stays', () => {
  const cases: [string | null, string | undefined][] = [['NO', 'Norway'], ['DE', 'Germany'], ['XQ', 'XQ'], ['Norge', 'Norge'], ['no', 'no'], ['', ''], [null, undefined]];
  for (const [written, said] of cases) assert.equal(countryName(written), said);
});
