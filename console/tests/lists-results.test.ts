import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cells, together, toLookAt } from '../src/screens/lists/results.ts';

test('cells in quotes may hold commas, line ends and quotes', () => {
  assert.deepEqual(cells('a,b\r\n1,"x, ""y""\nz"\r\n'), [['a', 'b'], ['1', 'x, "y"\nz']]);
  assert.deepEqual(cells('\uFEFFa,b\n,\n'), [['a', 'b'], ['', '']]);
});

test('lines that were refused, not saved or read in part are looked at', () => {
  const csv = [
    'line,result,lead_id,why', '2,accepted,abc,', '3,repeated,abc,', '4,refused,,email (column 3) is not an address',
    '5,accepted,def,"left out: phone (column 3) is not a phone number, ext. 7"', '6,failed,,', '',
  ].join('\r\n');
  assert.deepEqual(toLookAt(csv), [
    { line: '4', result: 'refused', leadId: '', why: 'email (column 3) is not an address' },
    { line: '5', result: 'accepted', leadId: 'def', why: 'left out: phone (column 3) is not a phone number, ext. 7' },
    { line: '6', result: 'failed', leadId: '', why: '' },
  ]);
});

test('lines that are refused for the same reason are one, with their numbers', () => {
  const row = (line: number, why: string, leadId = '') => ({ line: String(line), result: leadId ? 'accepted' : 'refused', leadId, why });
  const rows = [row(2, 'no address'), row(3, 'no address'), row(4, 'a bad date'), row(5, 'no phone', 'abc'), row(6, 'no phone', 'def'), row(7, 'no address')];
  assert.deepEqual(together(rows).map(({ lines }) => lines), ['2–3, 7', '4', '5', '6']);
});

test('an empty file has no lines to look at', () => {
  assert.deepEqual(toLookAt(''), []);
});
