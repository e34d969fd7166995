import assert from 'node:assert/strict';
import { test } from 'node:test';

const shown = new URL('https://x.example/v1/console/roster?who=sam');
const move = (_state: unknown, _title: string, to: string) => { shown.href = new URL(to, shown).href; };

let back: () => void = () => undefined;

Object.assign(globalThis, {
  addEventListener: (name: string, heard: () => void) => { if (name === 'popstate') back = heard; },
  document: { baseURI: 'https://x.example/v1/console/', addEventListener: () => undefined },
  history: { pushState: move, replaceState: move },
  location: shown,
});
const { fromHere, go, goWith, place, steps } = await import('../../src/shell/place.ts');
const at = () => `${place.value.path}?${place.value.query}`;

test('what follows a wait moves who is still there', () => {
  go('/roster?who=sam');
  const here = fromHere();
  assert.equal(here.goWith({ who: undefined }), true);
  assert.equal(at(), '/roster?');
});

test('what follows a wait leads nobody away from where they went meanwhile', () => {
  go('/roster?who=sam');
  const here = fromHere();
  goWith({ who: 'rita' });
  assert.deepEqual([here.goWith({ who: undefined }), here.go('/leads')], [false, false]);
  assert.equal(at(), '/roster?who=rita');
});

test('a step leads to another screen; what is chosen on it, being led on and going back are none', () => {
  go('/roster');
  const before = steps.value;
  goWith({ who: 'rita' });
  go('/roster?who=sam');
  go('/leads', { replace: true });
  move(null, '', '/v1/console/inbox');
  back();
  assert.deepEqual([place.value.path, steps.value - before], ['/inbox', 0]);

  go('/leads/4f2a');
  go('/leads/77bc');
  assert.equal(steps.value - before, 2);
});
