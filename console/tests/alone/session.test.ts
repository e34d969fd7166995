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
let heard: (message: { data: string }) => void = () => undefined;
/** How far the server's clock is behind the browser's, in milliseconds. */
let behind = 0;

class Tabs {
  addEventListener(_name: string, hears: typeof heard): void { heard = hears; }
  postMessage(): void { /* to other tabs */ }
}

Object.assign(globalThis, {
  BroadcastChannel: Tabs,
  document: { baseURI: 'https://x.example/v1/console/', addEventListener: () => undefined },
  location: { reload: () => { loads += 1; }, assign: () => undefined },
  addEventListener: (name: string, hears: typeof shown) => { if (name === 'pageshow') shown = hears; },
  fetch: async (to: URL, how: RequestInit) => {
    const path = to.pathname.replace('/v1', '');
    sent.push([path, new Headers(how.headers).get('Authorization'), String(how.body)]);
    const [status, told] = path.startsWith('/console/session/') ? session : [200, {}];
    return new Response(JSON.stringify(told), { status, headers: { Date: new Date(Date.now() - behind).toUTCString() } });
  },
});
const { begin, giveUp, person, signInAddress, signOut, state } = await import('../../src/session/session.ts');
const { call } = await import('../../src/api/call.ts');

const note = () => call({ method: 'post', address: '/leads/4f2a/notes', body: { text: 'as Sam' } });
const notes = () => sent.filter(([path]) => path === '/leads/4f2a/notes').map(([, by]) => by);
const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

beforeEach(async () => {
  person.value = { email: '', groups: [] };
  state.value = 'unknown';
  session = [200, { ...SAM, expires_at: late() }];
  await begin();
  [sent, loads, behind] = [[], 0, 0];
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

test('a browser whose clock is hours ahead or behind renews a token once, and uses it until it ends', async () => {
  for (behind of [3 * 3_600_000, -3 * 3_600_000]) {
    session = [200, { ...SAM, expires_at: new Date(Date.now() - behind - 1_000).toISOString() }];
    await begin();
    sent = [];
    session = [200, { ...SAM, expires_at: new Date(Date.now() - behind + 900_000).toISOString() }];
    await note();
    await note();
    assert.deepEqual(sent.map(([path]) => path), ['/console/session/refresh', '/leads/4f2a/notes', '/leads/4f2a/notes']);
  }
});

test('who signs out in another tab is shown nothing here, and no call goes on as they', async () => {
  session = [401, {}];
  const begun = note();
  await turn();
  assert.equal(state.value, 'over');
  heard({ data: 'out' });
  assert.equal(state.value, 'out');
  await assert.rejects(begun, { kind: 'session' });
  await assert.rejects(note(), { kind: 'session' });
  assert.deepEqual([notes(), state.value], [[], 'out']);

  session = [200, { ...SAM, expires_at: soon() }];
  heard({ data: 'in' });
  await turn();
  assert.deepEqual([state.value, loads], ['in', 0]);
});
