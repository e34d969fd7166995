import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const SOURCE = new URL('../src/', import.meta.url);
const screens = readdirSync(new URL('screens/', SOURCE));
/** A link over what follows looks the same in the frame and in a screen. */
const SHARED = ['skip'];

/** The classes in selectors that the frame's own stylesheet lays out. */
function framed(): Set<string> {
  const sheet = readFileSync(new URL('shell/shell.css', SOURCE), 'utf8');
  return new Set([...sheet.matchAll(/^\.([\w-]+) \{/gm)].map((found) => found[1] ?? ''));
}

test('no screen gives one of its elements a class by which the frame lays out a page', () => {
  const taken = framed();
  assert.ok(taken.has('alone') && taken.has('rail'));
  for (const screen of screens) {
    for (const file of readdirSync(new URL(`screens/${screen}/`, SOURCE), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))) {
      const text = readFileSync(new URL(`screens/${screen}/${file}`, SOURCE), 'utf8');
      const used = [...text.matchAll(/\bclass="([^"]*)"/g)].flatMap((found) => (found[1] ?? '').split(' '));
      assert.deepEqual(used.filter((name) => taken.has(name) && !SHARED.includes(name)), [], `${screen}/${file}`);
    }
  }
});
