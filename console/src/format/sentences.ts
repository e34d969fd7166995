/**
 * Tells sentences of the API as a person reads them: each moment in them apart, so that it is written in the reader's
 * zone, and codes in words.
 *
 * Sentences that are kept write a moment in one way, `24 November 2026 at 09:30 UTC`, and when somebody is at work as
 * `Mon 4 January 09:00 (Europe/Berlin)`; a timeline's sentences come in parts. The API's documentation has both.
 */
import { sentences as words } from '#texts/sentences.ts';
import { longMoment } from './moments.ts';

/** A part of a sentence: text, or a moment; `label` is what people call the id that the text is, `lead` the lead's id. */
export interface Part {
  text: string;
  at?: string | number | undefined;
  label?: string | undefined;
  lead?: string | undefined;
}

const KEPT = /(?<day>\d{1,2} [A-Z][a-z]+ \d{4}) at (?<time>\d\d:\d\d) UTC|(?<weekday>[A-Z][a-z]{2}) (?<date>\d{1,2} [A-Z][a-z]+) (?<hour>\d\d:\d\d) \((?<zone>[A-Z]\w+(?:\/[\w+-]+)*)\)/g;
const POINTS = /^([a-z0-9][\w-]*): (-?\d+(?:\.\d+)?)$/;
const CODES = /(?<=^returned by sales: |through the form |asked for a person \()[\w-]+|(?<=asked for a person \([\w-]+, )[\w-]+(?=\))/g;

/** Returns a sentence in parts. A moment without a year is the one nearest to `near`, in milliseconds. */
export function partsOf(sentence: string, near: number): Part[] {
  const points = POINTS.exec(sentence);
  if (points) return [{ text: words.points(inWords(points[1] ?? ''), Number(points[2])) }];
  const parts: Part[] = [];
  let done = 0;
  for (const found of sentence.matchAll(KEPT)) {
    const at = momentOf(found.groups ?? {}, near);
    if (Number.isNaN(at)) continue;
    parts.push({ text: sentence.slice(done, found.index) }, { text: found[0], at });
    done = found.index + found[0].length;
  }
  parts.push({ text: sentence.slice(done) });
  return parts.filter((part) => part.text).map((part) => (part.at === undefined ? { text: part.text.replace(CODES, inWords) } : part));
}

/** Returns a sentence as one text, with its moments in the reader's zone: `… on 24 November 2026 at 10:30`. */
export function hereTold(sentence: string, near: number, zone?: string): string {
  return partsOf(sentence, near).map((part) => (part.at === undefined ? part.text : longMoment(part.at, zone))).join('');
}

/** Returns words as a sentence: with a capital, a full stop, and quotes where the API marks code. */
export function asSentence(said: string): string {
  const begun = capital(said.trim().replaceAll(/`([^`]*)`/g, '“$1”'));
  return /[.?!…:]$/.test(begun) ? begun : `${begun}.`;
}

/** Returns words that begin with a capital. */
export function capital(said: string): string {
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** Returns a code or an id in words, as the agreement's screen writes a rule's: `pricing and webinar`. */
export function inWords(code: string): string {
  return code.replaceAll(/[_-]+/g, ' ').trim();
}

function momentOf({ day, time, weekday, date, hour, zone }: Record<string, string | undefined>, near: number): number {
  if (day) return Date.parse(`${day} ${time} UTC`);
  const year = new Date(near).getUTCFullYear();
  const found = [year - 1, year, year + 1].map((each) => Date.parse(`${date} ${each} ${hour} UTC`))
    .filter((at) => weekday === new Date(at).toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' }))
    .map((at) => inZone(at, zone ?? 'UTC'));
  return found.toSorted((one, other) => Math.abs(one - near) - Math.abs(other - near))[0] ?? Number.NaN;
}

/** Returns the moment at which a zone's clocks show what clocks in UTC show at `shown`; NaN if there is no such zone. */
function inZone(shown: number, zone: string): number {
  try {
    const clock = (at: number) => Date.parse(`${new Date(at).toLocaleString('sv', { timeZone: zone })}Z`.replace(' ', 'T'));
    const guess = shown - (clock(shown) - shown);
    return guess - (clock(guess) - shown);
  } catch {
    return Number.NaN;
  }
}
