import { sentences as words } from '#texts/sentences.ts';
import { now } from '../format/clock.ts';
import { type Part, partsOf } from '../format/index.ts';
import { href } from '../shell/place.ts';
import { Time } from './due.tsx';

/** A sentence of the API, whole or in its parts: moments in the reader's zone, codes in words. `near` helps with a moment without a year. */
export function Said({ text, parts, near }: { text?: string | null | undefined; parts?: readonly Part[] | undefined; near?: string | undefined }) {
  const moment = near ? Date.parse(near) : now.peek();
  const all = (parts ?? [{ text: text ?? '' }]).flatMap((part) => (part.at || part.label || part.lead ? [part] : partsOf(part.text, moment)));
  return <>{all.map((part, place) => (part.at ? <Time key={place} at={part.at} /> : part.lead ? <Other key={place} part={part} /> : part.label ? words.label(part.label) : part.text))}</>;
}

/** Another lead, by the address that it was known by, if the sentence has it. */
function Other({ part: { lead, label } }: { part: Part }) {
  return <a href={href(`/leads/${lead}`)}>{label ?? words.another}</a>;
}
