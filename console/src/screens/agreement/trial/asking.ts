/** Asks for the quick trial of a text while somebody writes it: one question at a time, and the latest text at the end. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Answer, call, Fault } from '../../../api/index.ts';
import { answers, Remembered, type Wanted } from './meaning.ts';

export type QuickAnswer = Answer<'/agreement/trial', 'post'>;

const remembered = new Remembered<QuickAnswer>();

interface Answered { text: string; answer: QuickAnswer }

export interface Asking {
  answer: QuickAnswer | undefined;
  /** The answer is of a text that says something else. */
  behind: boolean;
  fault: Fault | undefined;
  again: () => void;
}

/** Asks as soon as a text is wanted that says something new; null asks nothing, and keeps the last answer. */
export function useAsking(wanted: Wanted | null): Asking {
  const [found, setFound] = useState<Answered | undefined>(() => (wanted ? remembered.of(wanted, Date.now()) : undefined));
  const [fault, setFault] = useState<Fault>();
  const [round, setRound] = useState(0);
  const running = useRef(false);
  const latest = useRef(wanted);
  latest.current = wanted;
  const isNew = wanted !== null && !answers(found, wanted);
  useEffect(() => {
    if (!wanted || !isNew || running.current) return;
    const { text } = wanted;
    const known = remembered.of(wanted, Date.now());
    if (known) {
      setFound(known);
      return;
    }
    const isLatest = () => latest.current?.text === text;
    running.current = true;
    setFault(undefined);
    call({ method: 'post', address: '/agreement/trial', body: { yaml: text } })
      .then((told) => {
        const answer = told.data as QuickAnswer;
        remembered.keep(text, answer, Date.now());
        if (isLatest()) setFound({ text, answer });
      })
      .catch((failure: unknown) => { if (isLatest()) setFault(failure instanceof Fault ? failure : new Fault('other')); })
      .finally(() => {
        running.current = false;
        if (!isLatest()) setRound((count) => count + 1);
      });
  }, [wanted?.text, wanted?.meaning, round]);
  return { answer: found?.answer, behind: isNew, fault: isNew ? fault : undefined, again: () => setRound((count) => count + 1) };
}
