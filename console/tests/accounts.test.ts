import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyOf, NOTHING_TYPED, termsOf } from '../src/screens/accounts/terms.ts';
import { clashes, without } from '../src/shell/clashes.ts';

const ACME = { domain: 'acme.com', name: 'Acme', owner: 'sam@baton.example', target: true, domains: ['acme.de'], version: 3 };
const from = termsOf(ACME);

test('what is sent says everything of the account, and the version that it was made from', () => {
  assert.deepEqual(bodyOf(from, 3), { name: 'Acme', owner: 'sam@baton.example', target: true, domains: ['acme.de'], version: 3 });
  assert.deepEqual(bodyOf(termsOf(), 0), { target: true, domains: [], version: 0 });
});

test('two who change one field clash there', () => {
  const theirs = termsOf({ ...ACME, name: 'Acme Pumps', target: false });
  assert.deepEqual(clashes({ terms: { name: 'Acme GmbH', target: false }, from }, theirs), ['name']);
  assert.deepEqual(clashes({ terms: { target: true }, from }, theirs), ['target']);
});

test('two who change different fields, or to the same, do not clash', () => {
  const theirs = termsOf({ ...ACME, owner: 'mona@baton.example' });
  assert.deepEqual(clashes({ terms: { name: 'Acme GmbH' }, from }, theirs), []);
  assert.deepEqual(clashes({ terms: { owner: 'mona@baton.example' }, from }, theirs), []);
  assert.deepEqual(clashes(NOTHING_TYPED, theirs), []);
});

test('whoever takes theirs keeps the other fields that one typed', () => {
  assert.deepEqual(without({ name: 'Acme GmbH', owner: 'me@baton.example' }, ['name']), { owner: 'me@baton.example' });
});
