import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const SAM = { id_token: 'of-sam', email: 'sam@baton.example', groups: ['sales'] };
const MARIA = { id_token: 'of-maria', email: 'maria@baton.example', groups: ['marketing'] };
const soon = () => new Date(Date.now() + 900_000).toISOString();
const late = () => new Date(Date.now() - 1_000).toISOString();

let session: [number, object];
let sent: [string, string | null, string][] = [];
let loads = 0;
let shown: (event: object) => void = () => undefined;

Object.assign(globalThis, {
  BroadcastChannel: undefined,
  document: { baseURI: 'https://x.example/v1/console/', addEventListener: () => undefined },
  location: { reload: () => { loads += 1; }, assign: () => undefined },
  addEventListener: (name: string, heard: typeof shown) => { if (name === 'pageshow') shown = heard; },
  fetch: async (to: URL, how: RequestInit) => {
    const path = to.pathname.replace('/v1', '');
    sent.push([path, new Headers(how.headers).get('Authorization'), String(how.body)]);
    const [status, told] = path.startsWith('/console/session/') ? session : [200, {}];
    return new Response(JSON.stringify(told), { status });
  },
});
const { begin, giveUp, person, signInAddress, signOut, state } = await import('../src/session/session.ts');
const { call } = await import('../src/api/call.ts');

const note = () => call({ method: 'post', address: '/leads/4f2a/notes', body: { text: 'as Sam' } });
const notes = () => sent.filter(([path]) => path === '/leads/4f2a/notes').map(([, by]) => by);
const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

beforeEach(async () => {
  person.value = { email: '', groups: [] };
  state.value = 'unknown';
  session = [200, { ...SAM, expires_at: late() }];
  await begin();
  [sent, loads] = [[], 0];
});

test('a call goes out in the name of who is signed in', async () => {
  session = [200, { ...SAM, expires_at: soon() }];
  await note();
  assert.deepEqual(notes(), ['Bearer of-sam']);
});

test('what one person began is not sent as another who signs in meanwhile', async () => {
  session = [401, {}];
  const begun = note();
  await turn();
  assert.equal(state.value, 'over');

  session = [200, { ...MARIA, expires_at: soon() }];
  await begin();
  await turn();
  assert.deepEqual([loads, notes(), person.value.email], [1, [], SAM.email]);

  session = [200, { ...SAM, expires_at: soon() }];
  await begin();
  await begun;
  assert.deepEqual(notes(), ['Bearer of-sam']);
});

test('who will not sign in now is told at once, and asked once', async () => {
  session = [401, {}];
  const begun = note();
  await turn();
  assert.equal(state.value, 'over');

  state.value = 'in';
  giveUp();
  await assert.rejects(begun, { kind: 'session' });
  assert.deepEqual([notes(), state.value], [[], 'in']);
});

test('a cookie that became another person\'s renews no session of the first', async () => {
  session = [200, { ...MARIA, expires_at: soon() }];
  const begun = note();
  await turn();

  assert.deepEqual([loads, notes(), state.value], [1, [], 'over']);
  session = [200, { ...SAM, expires_at: soon() }];
  await begin();
  await begun;
  assert.deepEqual(notes(), ['Bearer of-sam']);
});

test('a page that a browser kept is loaded anew after signing out, and not before', async () => {
  shown({ persisted: true });
  assert.equal(loads, 0);

  session = [200, { address: 'https://sign-in.example/logout' }];
  await signOut(false);
  shown({ persisted: false });
  assert.equal(loads, 0);
  shown({ persisted: true });
  assert.equal(loads, 1);
});

test('a sign-in from an address that is too long to be kept leads to the first page', async () => {
  session = [200, { address: 'https://sign-in.example/' }];
  await signInAddress('/leads?q=' + 'x'.repeat(1_991));
  await signInAddress('/leads?q=' + 'x'.repeat(1_992));

  const asked = sent.map(([, , body]) => JSON.parse(body).return_to.length);
  assert.deepEqual(asked, [2_000, 1]);
});
