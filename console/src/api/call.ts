/** Makes one call of the API: with the session's token, a time limit, and one more try where that can help. */
import { renewed, token } from '../session/session.ts';
import { consoleRoot } from './addresses.ts';
import { Fault, faultOf } from './faults.ts';

export interface Sent {
  method: string;
  /** Path and query, such as `/leads?owner=me`. */
  address: string;
  /** JSON, or a file that is sent as it is. */
  body?: unknown;
  /** The tag of what is known already; of a change `*`: it replaces nothing. */
  known?: string | undefined;
  /** Names a change, so that the API knows it again when it comes twice. */
  key?: string;
}

export interface Told {
  /** What came; undefined if what is known is still true, or if there is nothing to tell. */
  data: unknown;
  unchanged: boolean;
  tag: string | undefined;
}

const LIMIT = 30_000;
const LONGEST_WAIT = 10_000;

/** Makes the call; throws a `Fault` if it does not succeed.
 *
 * Reads are tried again once after a failure that may pass; writes only where nothing can have been done. A session
 * that is over is renewed first; if only the person can do that, the call waits for them.
 */
export async function call(sent: Sent): Promise<Told> {
  let isSent = false;
  try {
    const bearer = await token();
    isSent = true;
    return await once(sent, bearer);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    if (fault.kind === 'session' && isSent) { // else the person will not sign in now
      await renewed();
      return once(sent, await token());
    }
    const wait = waitBefore(sent.method, fault);
    if (wait === undefined) throw fault;
    await new Promise((resolve) => setTimeout(resolve, wait));
    return once(sent, await token());
  }
}

/** Returns how many milliseconds to wait before the only further try, or undefined if there is none. */
export function waitBefore(method: string, fault: Fault): number | undefined {
  const harmless = method === 'get' || fault.kind === 'busy' || fault.status === 503;
  if (!fault.passing || fault.kind === 'slow' || !harmless) return undefined;
  return Math.min(retryAfter.get(fault) ?? 1_000, LONGEST_WAIT);
}

const retryAfter = new WeakMap<Fault, number>();

async function once(sent: Sent, bearer: string): Promise<Told> {
  const headers = new Headers({ Accept: 'application/json', Authorization: `Bearer ${bearer}` });
  const file = sent.body instanceof Blob ? sent.body : undefined;
  if (sent.body !== undefined) headers.set('Content-Type', file?.type || 'application/json');
  if (sent.known) headers.set('If-None-Match', sent.known);
  if (sent.key) headers.set('Idempotency-Key', sent.key);
  const answer = await fetched(new URL(`..${sent.address}`, consoleRoot()), {
    method: sent.method.toUpperCase(),
    headers,
    cache: 'no-store',
    signal: AbortSignal.timeout(LIMIT),
    ...(sent.body === undefined ? {} : { body: file ?? JSON.stringify(sent.body) }),
  });
  const tag = answer.headers.get('ETag') ?? undefined;
  if (answer.status === 304) return { data: undefined, unchanged: true, tag };
  const body = await json(answer);
  if (answer.ok) return { data: body, unchanged: false, tag };
  const fault = faultOf(answer.status, body);
  const seconds = Number(answer.headers.get('Retry-After'));
  if (seconds > 0) retryAfter.set(fault, seconds * 1_000);
  throw fault;
}

async function fetched(to: URL, how: RequestInit): Promise<Response> {
  try {
    return await fetch(to, how);
  } catch (failure) {
    throw new Fault(failure instanceof DOMException && failure.name === 'TimeoutError' ? 'slow' : 'offline');
  }
}

async function json(answer: Response): Promise<unknown> {
  const text = await answer.text().catch(() => '');
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
