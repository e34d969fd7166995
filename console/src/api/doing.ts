/** Changes something by the API: `useDo`. */
import { useRef, useState } from 'preact/hooks';
import { address } from './addresses.ts';
import { call } from './call.ts';
import { Fault } from './faults.ts';
import { readAnew } from './reading.ts';
import type { Answer, Asked, Method, PathOf } from './types.ts';

export interface Doing<P, M extends Method> {
  /** Does it, of something that must not be there yet if that is said; returns the answer, or undefined if it failed, and `fault` says why. One at a time. */
  run: (asked: Asked<P, M>, how?: { onlyIfNew: true }) => Promise<Answer<P, M> | undefined>;
  pending: boolean;
  fault: Fault | undefined;
  /** The API's word on one field, for `<Field fault=…>`. */
  of: (field: string) => string | undefined;
  clear: () => void;
}

/** Prepares a change of something.
 *
 * @param changes beginnings of addresses that are read anew once it is done; `/leads`, `/me` and `/handoffs` by default
 */
export function useDo<M extends Exclude<Method, 'get'>, P extends PathOf<M>>(
  method: M,
  path: P,
  changes: string[] = ['/leads', '/me', '/handoffs'],
): Doing<P, M> {
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<Fault | undefined>();
  const running = useRef(false);
  const key = useRef('');
  return {
    pending,
    fault,
    of: (field) => fault?.fields[field],
    clear: () => setFault(undefined),
    run: async (asked, how) => {
      if (running.current) return undefined;
      running.current = true;
      setPending(true);
      setFault(undefined);
      try {
        key.current ||= crypto.getRandomValues(new Uint32Array(4)).join('-'); // kept until the API has answered: the same press once more is a repeat
        const told = await call({ method, address: address(path, asked), body: asked.body, key: key.current, known: how && '*' });
        key.current = '';
        readAnew(...changes);
        return (told.data ?? {}) as Answer<P, M>;
      } catch (failure) {
        const kept = failure instanceof Fault ? failure : new Fault('other');
        setFault(kept);
        if (kept.kind === 'conflict') readAnew(...changes);
        return undefined;
      } finally {
        running.current = false;
        setPending(false);
      }
    },
  };
}
