/** Writes a rule as the agreement's text has its like. */

export type Part = string | number | boolean | readonly Part[] | { readonly [name: string]: Part };

/** The names of a rule with what they say, in the order in which they are written. */
export type Rule = Readonly<Record<string, Part>>;

/** Longer lines are broken. */
const WIDTH = 120;
/** What YAML reads as it stands: plain words, and times such as 7d; 0xff, 1e3 and 007 are none. */
const PLAIN = /^(?:[A-Za-z][\w-]*(?: [\w-]+)*|[1-9]\d*(?:[smhdw]| (?:business )?[a-z]{2,}))$/;
/** Words that YAML takes for something else. */
const MEANT = /^(?:true|false|yes|no|on|off|y|n|null|none)$/i;
/** What cannot stand between quotes as it is: YAML refuses it, or takes it for the end of a line. */
const UNSEEN = /[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

/** Returns a part on one line: `{kind: page_visited, content: price-list}`. */
export function inFlow(part: Part): string {
  if (typeof part === 'string') return scalar(part);
  if (typeof part !== 'object') return String(part);
  if (Array.isArray(part)) return `[${part.map(inFlow).join(', ')}]`;
  return `{${Object.entries(part).map(([name, value]) => `${scalar(name)}: ${inFlow(value)}`).join(', ')}}`;
}

/** Returns a rule as an entry of a list: on one line if its neighbours are and it fits, else a line for each name. */
export function entryOf(rule: Rule, indent: string, onOneLine: boolean): string {
  const short = `${indent}- ${inFlow(rule)}`;
  if (onOneLine && short.length <= WIDTH) return short;
  return Object.entries(rule).map(([name, value], index) => `${indent}${index ? '  ' : '- '}${scalar(name)}: ${inFlow(value)}`).join('\n');
}

function scalar(text: string): string {
  if (PLAIN.test(text) && !MEANT.test(text)) return text;
  return UNSEEN.test(text) ? escaped(text) : `'${text.replaceAll("'", "''")}'`;
}

/** Returns a text in double quotes, in which every character can be written by its number. */
function escaped(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(new RegExp(UNSEEN, 'g'), (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}
