import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, consoleRoot } from '../src/api/addresses.ts';
import { mailLink, phoneLink, webLink } from '../src/format/links.ts';
import { changed, found, matched, within } from '../src/shell/matching.ts';

test("a call's address has its parameters filled in and nothing empty", () => {
  assert.equal(address('/leads/{lead_id}', { path: { lead_id: 'a/b' } }), '/leads/a%2Fb');
  assert.equal(address('/leads', { query: { owner: 'me', q: '', limit: 50, cursor: undefined } }), '/leads?owner=me&limit=50');
  assert.equal(address('/me'), '/me');
});

test('the API is beside the folder of the console, whatever the stage', () => {
  const root = consoleRoot('https://x.example/v1/console/');
  assert.equal(new URL('../leads', root).href, 'https://x.example/v1/leads');
  assert.equal(new URL('session/refresh', root).href, 'https://x.example/v1/console/session/refresh');
});

test('an address means a screen, and a broken one means none', () => {
  const screens = [{ path: '/leads' }, { path: '/leads/:id' }];
  assert.deepEqual(found(screens, '/leads/abc')?.params, { id: 'abc' });
  assert.equal(found(screens, '/leads')?.one, screens[0]);
  assert.equal(found(screens, '/leads/100%'), undefined);
  assert.equal(found(screens, '/leads/'), undefined);
  assert.deepEqual(matched('/leads/:id', '/leads/a%20b'), { id: 'a b' });
  assert.equal(within('/v1/console/', '/v1/console/leads/'), '/leads');
  assert.equal(within('/v1/console/', '/v1/console/'), '/');
  assert.equal(within('/v1/console/', '/v1/console'), '/');
});

test('a query keeps several values of one name, and loses what is taken away', () => {
  const query = new URLSearchParams('stage=a&stage=b&lead=x');
  assert.equal(changed(query, { lead: undefined, q: 'y' }).toString(), 'stage=a&stage=b&q=y');
});

test('only telephone, mail and web addresses become links', () => {
  assert.equal(phoneLink('+49 (30) 123-45'), 'tel:+493012345');
  assert.equal(phoneLink('030/12345;ext=1'), 'tel:030123451');
  assert.equal(phoneLink('call me'), undefined);
  assert.equal(phoneLink(null), undefined);
  assert.equal(mailLink('a?subject=x@b.example'), 'mailto:a%3Fsubject%3Dx@b.example');
  assert.equal(webLink('https://x.example/a'), 'https://x.example/a');
  for (const hostile of ['javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,x', '//x', '']) assert.equal(webLink(hostile), undefined);
});
