import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const TOKENS = readFileSync(new URL('../src/tokens.css', import.meta.url), 'utf8');
const COLOURS = new Map([...TOKENS.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [name, [light, dark]]));
const TEXT = 4.5;
const EDGE = 3;
const ON_ALL = ['ground', 'surface', 'sunken', 'accent-soft'];
const PAIRS: [string, string[], number][] = [
  ['text', [...ON_ALL, 'late-soft', 'soon-soft', 'done-soft'], TEXT],
  ['muted', ON_ALL, TEXT],
  ['accent', ['ground', 'surface', 'sunken', 'accent-soft'], TEXT],
  ['on-accent', ['accent'], TEXT],
  ['late', ['ground', 'surface', 'sunken', 'late-soft', 'accent-soft'], TEXT],
  ['soon', ['ground', 'surface', 'sunken', 'soon-soft', 'accent-soft'], TEXT],
  ['done', ['ground', 'surface', 'sunken', 'done-soft'], TEXT],
  ['edge', ['ground', 'surface'], EDGE],
];

test('colours that carry text or edges have enough contrast in both schemes', () => {
  for (const [front, backs, least] of PAIRS) {
    for (const back of backs) {
      for (const scheme of [0, 1]) {
        const ratio = contrast(colour(front, scheme), colour(back, scheme));
        assert.ok(ratio >= least, `${front} on ${back} ${scheme ? 'dark' : 'light'}: ${ratio.toFixed(2)} < ${least}`);
      }
    }
  }
});

function colour(name: string, scheme: number): string {
  const found = COLOURS.get(name)?.[scheme];
  assert.ok(found, `there is no colour ${name}`);
  return found;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
