import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appended, NO_PAGES, type Page, type Paged, renewed } from '../src/api/paged.ts';

const own = (row: string) => row[0] ?? '';
const page = (rows: string, cursor: string | null = null) => ({ rows: [...rows.split(' ')].filter(Boolean), cursor });
const list = (...pages: Page<string>[]) => pages.reduce<Paged<string>>((known, each) => appended(known, each, own), NO_PAGES);
const shown = (known: Paged<string>) => known.pages.map((each) => `${each.from ?? ''}: ${each.rows.join(' ')}`);

test('a page that is read anew is as it is now, and the others stay', () => {
  const known = renewed(list(page('a b', '1'), page('c d', '2'), page('e f', '3')), 1, page('c! d', '2'), own);
  assert.deepEqual([shown(known), known.cursor], [[': a b', '1: c! d', '2: e f'], '3']);
});

test('a row that a page lacks is gone, and what comes up from the next page leaves that one', () => {
  const known = renewed(list(page('a b', '1'), page('c d', '2'), page('e f')), 0, page('b c', 'x'), own);
  assert.deepEqual(shown(known), [': b c', 'x: d', '2: e f']);
});

test('a row that a new one pushes off its page has moved on to the next, which begins there now', () => {
  const known = renewed(list(page('a b', '1'), page('c d', '2')), 0, page('x a', 'x'), own);
  assert.deepEqual([shown(known), known.cursor], [[': x a', 'x: b c d'], '2']);
});

test('of the last page that was read, the next one begins where it ends now', () => {
  const known = renewed(list(page('a b', '1'), page('c d', '2')), 1, page('d e', '3'), own);
  assert.deepEqual([shown(known), known.cursor], [[': a b', '1: d e'], '3']);
});

test('a list that ends earlier than before ends there', () => {
  const known = renewed(list(page('a b', '1'), page('c d', '2'), page('e')), 0, page('a e'), own);
  assert.deepEqual([shown(known), known.cursor], [[': a e'], null]);
});

test('a page of which nothing is left leaves none of its place behind', () => {
  const known = renewed(list(page('a b', '1'), page('c', '2'), page('d e', '3')), 0, page('a c', '2'), own);
  assert.deepEqual(shown(known), [': a c', '2: d e']);
});

test('however a list changes, once all its pages were read anew in order it is as it is now, and no row is ever there twice', () => {
  let seed = 7;
  const random = (below: number) => { seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31; return seed % below; };
  const size = 4;
  for (let round = 0; round < 400; round++) {
    let now = [...'abcdefghijklmnopqrstuvwxyz'].filter(() => random(2));
    /** As the API reads: the rows behind the one that the cursor names, whether that is still there or not. */
    const read = (from: string | null): Page<string> => {
      const rows = now.filter((row) => from === null || row > from);
      return { rows: rows.slice(0, size), cursor: rows.length > size ? (rows[size - 1] ?? null) : null };
    };
    let known = renewed<string>(NO_PAGES, 0, read(null), own);
    for (let step = 0; step < 8; step++) {
      if (known.cursor !== null && random(2)) known = appended(known, read(known.cursor), own);
      now = [...'abcdefghijklmnopqrstuvwxyz'].filter((row) => (now.includes(row) ? random(6) : !random(6)));
      const at = random(known.pages.length);
      known = renewed(known, at, read(known.pages[at]?.from ?? null), own);
      const rows = known.pages.flatMap((each) => each.rows);
      assert.equal(new Set(rows).size, rows.length);
    }
    for (let at = 0; at < known.pages.length; at++) known = renewed(known, at, read(known.pages[at]?.from ?? null), own);
    const rows = known.pages.flatMap((each) => each.rows);
    assert.deepEqual(rows, now.slice(0, rows.length));
    assert.equal(known.cursor === null, rows.length === now.length);
  }
});
