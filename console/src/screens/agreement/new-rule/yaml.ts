/** Writes a rule as the agreement's text has its like. */

export type Part = string | number | boolean | readonly Part[] | { readonly [name: string]: Part };

/** The names of a rule with what they say, in the order in which they are written. */
export type Rule = Readonly<Record<string, Part>>;

/** Longer lines are broken. */
const WIDTH = 120;
/** What YAML reads as it stands: plain words, and times such as 7d. */
const PLAIN = /^(?:[A-Za-z][\w-]*(?: [\w-]+)*|\d+ ?(?:business )?[a-z]+)$/;
/** Words that YAML takes for something else. */
const MEANT = /^(?:true|false|yes|no|on|off|y|n|null|none)$/i;

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
  return PLAIN.test(text) && !MEANT.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
