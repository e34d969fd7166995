/** Proposes what may be written next in an agreement, by its schema and by the names that the text has already. */
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { namesOf, placeAt, type Place } from './place.ts';
import { namesAllowed, schemasAt, wordsAllowed, type Allowed, type Schema } from './schema.ts';

/** Which section of the agreement has the names that may stand behind a word. */
const NAMED_IN: Record<string, string> = {
  team: 'teams', fallback_team: 'teams', calendar: 'calendars', persona: 'personas', territory: 'territories',
};

/** Returns what may stand at the position; null where nothing is known. */
export function proposals(schema: Schema, text: string, position: number): { from: number; options: Completion[] } | null {
  const place = placeAt(text, position);
  if (!place) return null;
  const there = schemasAt(schema, place.path);
  const options = [...(place.role === 'key' ? [] : values(text, place, wordsAllowed(there))), ...keys(schema, place, there)];
  return options.length ? { from: place.from, options } : null;
}

/** Returns CodeMirror's source of completions over a schema; it speaks at a word, or where it is asked. */
export function completionOf(schema: Schema): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    if (!context.explicit && !context.matchBefore(/[\w.-]+$/)) return null;
    const found = proposals(schema, context.state.doc.toString(), context.pos);
    return found && { ...found, validFor: /^[\w.-]*$/ };
  };
}

function keys(schema: Schema, place: Place, there: Schema[]): Completion[] {
  if (place.role === 'value') return [];
  return namesAllowed(schema, there)
    .filter(({ word }) => !place.beside.includes(word))
    .map(({ word, about, needed, block }) => ({
      label: word,
      type: 'property',
      apply: block ? `${word}:` : `${word}: `,
      boost: needed ? 2 : 0,
      ...(needed ? { detail: 'needed' } : {}),
      ...(about ? { info: about } : {}),
    }));
}

function values(text: string, place: Place, words: Allowed[]): Completion[] {
  const name = place.path.findLast((step) => step !== '[]') ?? '';
  const named = NAMED_IN[name] ? namesOf(text, NAMED_IN[name]) : [];
  return [...named, ...words.map(({ word }) => word)].map((label) => ({ label, type: 'enum', boost: 1 }));
}
