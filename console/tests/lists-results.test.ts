import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cells, toLookAt } from '../src/screens/lists/results.ts';

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

test('an empty file has no lines to look at', () => {
  assert.deepEqual(toLookAt(''), []);
});
