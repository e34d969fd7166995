/** Who is signed in. The token lives in this module's memory only; a cookie that no script reads renews it. */
import { signal } from '@preact/signals';
import { consoleRoot } from '../api/addresses.ts';
import { Fault, faultOf } from '../api/faults.ts';

export interface Person {
  email: string;
  groups: string[];
}

/** `unknown` until the first answer; `over` once a session ended under an open screen, which stays as it is. */
export type State = 'unknown' | 'out' | 'in' | 'over';

export const state = signal<State>('unknown');
export const person = signal<Person>({ email: '', groups: [] });
/** Why it is not known who is signed in, if it could not be asked. */
export const trouble = signal<Fault | undefined>(undefined);

let held: { token: string; until: number } | undefined;
let renewing: Promise<boolean> | undefined;
let waiting: { resolve: () => void; reject: (fault: Fault) => void }[] = [];
const EARLY = 60_000;
/** The longest path that a sign-in leads back to; the server takes no longer one. */
const LONGEST_PATH = 2_000;
const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('baton-session');

/** Returns the token to call the API with; renews it a minute before it ends. */
export async function token(): Promise<string> {
  if (!held || held.until - Date.now() < EARLY) await renewed();
  return held?.token ?? '';
}

/** Renews the session; if only the person can, shows that it is over and waits for them. */
export async function renewed(): Promise<void> {
  if (await renew()) return;
  if (state.value === 'in') state.value = 'over';
  if (state.value !== 'over') throw new Fault('session', 401);
  await new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
}

/** Asks at the start who is signed in. */
export async function begin(): Promise<void> {
  trouble.value = undefined;
  try {
    if (!(await renew()) && state.value === 'unknown') state.value = 'out';
  } catch (fault) {
    trouble.value = fault instanceof Fault ? fault : new Fault('other');
  }
}

/** Returns the address of the page to sign in on, which leads back to `returnTo` in the console. */
export async function signInAddress(returnTo: string): Promise<string> {
  const { told } = await post('start', { return_to: returnTo.length > LONGEST_PATH ? '/' : returnTo });
  return (told as { address: string }).address;
}

/** Ends a sign-in with what its page gave back; returns where the person wanted to go. */
export async function finish(code: string, stateGiven: string): Promise<string> {
  const answer = await post('finish', { code, state: stateGiven });
  take(answer);
  tabs?.postMessage('in');
  return (answer.told as Told).return_to ?? '/';
}

/** Signs out, here or on all devices, and shows the first page again; other tabs show nothing any more. */
export async function signOut(everywhere: boolean): Promise<void> {
  const told = (await post('end', { everywhere })).told as { address?: string } | undefined;
  held = undefined;
  tabs?.postMessage('out');
  location.assign(told?.address ?? consoleRoot());
}

/** Gives up the calls that wait for a sign-in; what was typed stays. */
export function giveUp(): void {
  for (const each of waiting.splice(0)) each.reject(new Fault('session', 401));
}

interface Told {
  id_token: string;
  expires_at: string | number;
  email: string;
  groups: string[];
  return_to?: string;
}

interface Answered {
  told: unknown;
  /** When it was answered by the server's clock, in milliseconds. */
  at: number;
}

/** Takes a session; throws a `Fault` if it is another person's: what waits and what was typed here is never sent as theirs. */
function take(answer: Answered): void {
  const told = answer.told as Told;
  if (person.value.email && person.value.email !== told.email) {
    held = undefined;
    location.reload();
    throw new Fault('session', 401);
  }
  held = { token: told.id_token, until: Date.now() + moment(told.expires_at) - answer.at }; // the browser's clock may be wrong
  person.value = { email: told.email, groups: told.groups };
  state.value = 'in';
  for (const each of waiting.splice(0)) each.resolve();
}

/** Returns a moment in milliseconds, of ISO 8601 or of seconds since 1970. */
export function moment(at: string | number): number {
  return typeof at === 'number' ? at * 1_000 : Date.parse(at);
}

function renew(): Promise<boolean> {
  renewing ??= post('refresh')
    .then(take)
    .then(
      () => true,
      (fault: unknown) => {
        if (fault instanceof Fault && ['session', 'forbidden', 'invalid'].includes(fault.kind)) return false;
        throw fault;
      },
    )
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
}

async function post(what: 'start' | 'finish' | 'refresh' | 'end', body: object = {}): Promise<Answered> {
  const answer = await fetch(new URL(`session/${what}`, consoleRoot()), {
    method: 'POST',
    headers: { 'X-Baton-Console': '1', 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  }).catch(() => {
    throw new Fault('offline');
  });
  const text = await answer.text();
  const told: unknown = text ? JSON.parse(text) : undefined;
  if (answer.ok) return { told, at: Date.parse(answer.headers.get('Date') ?? '') || Date.now() };
  throw faultOf(answer.status, told);
}

/** After signing out, the back button must not show again what a browser kept of the page. */
if (typeof document !== 'undefined') {
  addEventListener('pageshow', (event) => {
    if (event.persisted && !held) location.reload();
  });
}

tabs?.addEventListener('message', ({ data }) => {
  if (data === 'in' && state.value !== 'in') void renew().catch(() => false);
  if (data === 'out' && (state.value === 'in' || state.value === 'over')) {
    held = undefined;
    state.value = 'out';
    giveUp();
  }
});
