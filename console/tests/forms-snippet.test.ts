import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Form, type FormField, snippet, type Words } from '../src/screens/forms/snippet.ts';

const WORDS: Words = { needed: 'needed', send: 'Send', empty: 'Leave this empty', labels: { email: 'E-mail' } };
const field = (some: Partial<FormField> & { name: string }): FormField => ({ label: some.name, kind: 'line', needed: false, max_length: 200, ...some });
const form = (some: Partial<Form>): Form => ({
  name: 'consultation', label: 'Consultation', asks_for_a_person: true, honeypot: 'website', return_pages: [],
  fields: [field({ name: 'email', kind: 'email', needed: true, max_length: 254 })], ...some,
});

test('the HTML sends to this Baton, and needs what the agreement needs', () => {
  const html = snippet(form({}), 'https://baton.example/v1', WORDS);
  assert.match(html, /^<form method="post" action="https:\/\/baton\.example\/v1\/forms\/consultation" data-baton>/);
  assert.match(html, /<label for="consultation-email">E-mail \(needed\)<\/label>\n {2}<input id="consultation-email" name="email" type="email" autocomplete="email" maxlength="254" required>/);
  assert.match(html, /name="website" tabindex="-1" autocomplete="off"/);
  assert.doesNotMatch(html, /return_to/);
});

test('each kind of field has its control', () => {
  const html = snippet(form({
    return_pages: ['https://www.example.com/thanks?a=1&b=2'],
    fields: [field({ name: 'message', kind: 'text' }), field({ name: 'newsletter', kind: 'consent' }), field({ name: 'content', kind: 'identifier' })],
  }), 'https://b', WORDS);
  assert.match(html, /<textarea id="consultation-message" name="message" rows="5" maxlength="200"><\/textarea>/);
  assert.match(html, /<input type="checkbox" name="newsletter" value="yes">/);
  assert.match(html, /<input type="hidden" name="content" value="">/);
  assert.match(html, /name="return_to" value="https:\/\/www\.example\.com\/thanks\?a=1&amp;b=2"/);
});

test('no name or label ends an attribute or a tag', () => {
  const html = snippet(form({ honeypot: '"><script>', fields: [field({ name: 'a"b', label: '<b>' })] }), 'https://b', WORDS);
  assert.doesNotMatch(html, /<script>|<b>|"a"b"/);
});
