/** Has the API check a text while somebody types: one check at a time, and always the latest text at the end. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Fault, type Schema } from '../../../api/index.ts';
import { call } from '../../../api/call.ts';

export type Checked = Schema<'Checked'>;

export interface Checking {
  /** What the latest check found; undefined until the first one has ended, and while nothing is checked. */
  checked: Checked | undefined;
  /** The shown answer is of another text than the present one. */
  behind: boolean;
  fault: Fault | undefined;
  again: () => void;
}

const QUIET = 500;

/** Checks a text half a second after it was changed last; null checks nothing. */
export function useChecking(text: string | null, from: string | undefined): Checking {
  const [found, setFound] = useState<{ key: string; checked: Checked }>();
  const [fault, setFault] = useState<Fault>();
  const [round, setRound] = useState(0);
  const running = useRef(false);
  const key = text === null ? undefined : `${from ?? ''}\n${text}`;
  const wanted = useRef(key);
  wanted.current = key;
  useEffect(() => {
    if (text === null || key === undefined || found?.key === key) return undefined;
    const timer = setTimeout(() => {
      if (running.current) return;
      running.current = true;
      setFault(undefined);
      call({ method: 'post', address: '/agreement/check', body: { yaml: text, ...(from ? { in_force_from: from } : {}) } })
        .then((told) => setFound({ key, checked: told.data as Checked }))
        .catch((failure: unknown) => setFault(failure instanceof Fault ? failure : new Fault('other')))
        .finally(() => {
          running.current = false;
          if (wanted.current !== key) setRound((count) => count + 1);
        });
    }, QUIET);
    return () => clearTimeout(timer);
  }, [key, round]);
  return { checked: key === undefined ? undefined : found?.checked, behind: key !== undefined && found?.key !== key, fault, again: () => setRound((count) => count + 1) };
}
