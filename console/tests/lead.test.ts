import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joined, nextOf } from '../src/screens/leads/csv.ts';
import { changeTo, known, listIn, nameOf, save, saved, written } from '../src/screens/leads/views.ts';
import { pieces } from '../src/screens/lead/pages.ts';
import { asTyped, change, factsOf, saidBy, valueWords } from '../src/screens/lead/known.ts';
import { type Entry, faded, type LeadView, running } from '../src/screens/lead/ledger.ts';
import { nearTo, together, turns } from '../src/screens/lead/turns.ts';

test('rows come in pieces, and together they are the rows', () => {
  const rows = Array.from({ length: 123 }, (_, at) => at);
  assert.deepEqual(pieces(rows, 50).map((piece) => piece.length), [50, 50, 23]);
  assert.deepEqual(pieces(rows).flat(), rows);
});

test('an address names a list, and without one the group has its own', () => {
  assert.deepEqual(listIn(new URLSearchParams('owner=me&lead=x&q='), ['sales']), { owner: 'me' });
  assert.deepEqual(listIn(new URLSearchParams('source=expo'), ['marketing']), { queue: 'in_review', source: 'expo' });
  assert.deepEqual(listIn(new URLSearchParams(), ['admin']), { queue: 'with_sales' });
});

test('each known list is known by its parameters, and another one is not', () => {
  for (const [name, list] of Object.entries(known)) assert.equal(nameOf(list), name);
  assert.equal(nameOf({ queue: 'lost', order: 'desc' }), undefined);
  assert.equal(changeTo({ owner: 'me' }).queue, undefined);
});

test('a saved list has a name, is replaced by the same name, forgotten, and read from whatever a store holds', () => {
  const held = new Map<string, string>();
  const store = { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value) };
  save(store, 'Mine', { owner: 'me' });
  assert.deepEqual(save(store, 'Mine', { queue: 'lost', order: 'desc' }), [{ name: 'Mine', address: written({ order: 'desc', queue: 'lost' }) }]);
  assert.deepEqual(save(store, 'Mine'), []);
  for (const broken of ['{', '{"a":1}', '[1,{"name":2}]', 'null']) {
    held.set('baton-views', broken);
    assert.deepEqual(saved(store), []);
  }
});

test('parts of a file are one file under one head, as far as the answers lead', () => {
  assert.equal(joined(['a,b\n1,2\n', 'a,b\n3,4\n']), 'a,b\n1,2\n3,4\n');
  assert.equal(nextOf('<?queue=lost&format=csv&cursor=abc>; rel="next"'), '?queue=lost&format=csv&cursor=abc');
  assert.equal(nextOf(null), undefined);
});

const entry = (points: number, at: string, kind = 'engagement', awarded = points): Entry => ({ rule: 'r', kind, points, awarded, at });

test('the ledger adds up, oldest first, and limits come last', () => {
  const lines = running([entry(45.59, '2026-11-30T09:30:00Z'), entry(39.69, '2026-11-24T09:30:00Z'), entry(-28.81, '2026-11-01T00:00:00Z', 'limit')]);
  assert.deepEqual(lines.map((line) => line.sum), [39.69, 85.28, 56.47]);
});

test('what has faded is what was given and is no longer there', () => {
  assert.equal(faded(entry(45.59, '', 'engagement', 50)), 4.41);
  assert.equal(faded(entry(-28.81, '', 'limit', 0)), 0);
});

const lead = {
  created_at: '2026-11-01T00:00:00Z', status_since: '2026-11-02T00:00:00Z', updated_at: '2026-11-02T00:00:00Z', recent: [{ at: '2026-11-03T00:00:00Z', kind: 'page_visited' }], labels: { status: 'With sales' },
  profile: { title: 'CEO', phone: null }, company: { name: 'Acme', employees: 51, employees_written: '51-200' }, bant: { budget: { value: true, met: false } },
  attributes: { size: { value: 3, label: 'Size of the fleet', kind: 'number', agreed: true } }, score: { entries: [] }, said_by: {}, handoff: null,
} as unknown as LeadView;

test('the moments at which something changed are in order, each once, with what happened', () => {
  assert.deepEqual(turns(lead).map((each) => [new Date(each.at).getUTCDate(), each.what, each.main]),
    [[1, ['Became known'], true], [2, ['With sales'], true], [3, ['Page visited'], false]]);
});

test('what two views of a lead tell of one moment is told together, and a moment near to a change is taken for it', () => {
  const both = together([...turns(lead), ...turns({ ...lead, labels: { status: 'Won' } } as unknown as LeadView)]);
  assert.deepEqual(both.map((each) => each.what), [['Became known'], ['With sales', 'Won'], ['Page visited']]);
  const [, second] = both;
  assert.equal(nearTo((second?.at ?? 0) + 5_000, both, 6_000), second?.at);
  assert.equal(nearTo((second?.at ?? 0) + 7_000, both, 6_000), (second?.at ?? 0) + 7_000);
});

test('facts have the names by which who said them is known, and are changed where the API takes them', () => {
  const all = factsOf(lead);
  const company = all.company.map((each) => [each.name, each.value]);
  assert.deepEqual(company.slice(0, 4), [['company', 'Acme'], ['company_domain', null], ['industry', null], ['employees', '51-200']]);
  assert.deepEqual(change(all.company[1] as never, 'acme.com', ''), { company: { domain: 'acme.com' } });
  assert.deepEqual(change(all.profile[2] as never, null, ''), { profile: { title: null } });
  assert.deepEqual(change(all.bant[0] as never, '50k', 'no'), { bant: { budget: { value: '50k', met: false } } });
  assert.deepEqual(change(all.bant[0] as never, '50k', ''), { bant: { budget: { value: '50k' } } });
  assert.deepEqual(change(all.attributes[0] as never, '4', ''), { attributes: { size: 4 } });
});

test('what somebody wrote is read in one direction', () => {
  assert.equal(asTyped('\u202egnp.exe\u202c \u2067x\u2069'), 'gnp.exe x');
});

test('values and speakers read as words', () => {
  assert.equal(valueWords(true), 'Yes');
  assert.equal(valueWords(null), '');
  assert.equal(saidBy({ speaker: 'form', source: 'form:content-download' }), 'A form: content download');
  assert.equal(saidBy({ speaker: 'of a newer Baton', source: '' }), 'Somebody');
});
