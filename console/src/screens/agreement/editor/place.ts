/** Tells where in an agreement a position of its text is, by CodeMirror's own tree of the YAML. */
import { yamlLanguage } from '@codemirror/lang-yaml';
import type { SyntaxNode } from '@lezer/common';

/** `key`: the name of an entry; `value`: what stands behind a name; `item`: an entry of a list. */
export type Role = 'key' | 'value' | 'item';

export interface Place {
  /** The names that lead here, `[]` for an entry of a list: `['fit', '[]', 'when']`. */
  path: string[];
  role: Role;
  /** Where the word that is being written begins. */
  from: number;
  /** The names that stand beside it already. */
  beside: string[];
}

const ITEM = '[]';
const LONG = 10_000;

/**
 * Returns the place of a position; null inside comments, quotes and blocks of text.
 *
 * Only the text of the section up to the position is read, with a word put there: half an entry would make nonsense of
 * all that follows it, and a long agreement would be read anew at each key.
 */
export function placeAt(text: string, position: number): Place | null {
  const from = position - (/[\w.-]*$/.exec(text.slice(0, position))?.[0] ?? '').length;
  const before = around(text.slice(sectionStart(text, from), from));
  const indent = /(?:^|\n)( *)$/.exec(before)?.[1];
  const standIn = indent === undefined ? 'z' : 'z:';
  const node = yamlLanguage.parser.parse(before + standIn).resolveInner(before.length + 1, -1);
  if (node.name !== 'Literal' || node.from !== before.length) return null;
  const path = pathTo(node, before);
  if (node.parent?.name === 'Item') return { path, role: 'item', from, beside: [] };
  if (node.parent?.name !== 'Key') return { path, role: 'value', from, beside: [] };
  const above = indent === '' ? namesBelow(`\n${text.slice(0, from)}`, 0, 0) : namesIn(node.parent.parent?.parent, before);
  const below = indent === undefined ? [] : namesBelow(text, position, indent.length);
  return { path, role: 'key', from, beside: [...above, ...below] };
}

/** Returns the names of the entries of a section of the agreement: `namesOf(text, 'teams')` those of all teams. */
export function namesOf(text: string, section: string): string[] {
  const body = new RegExp(`^${section}:[^\\S\\n]*\\n((?:[ #].*\\n|\\n)*)`, 'm').exec(`${text}\n`)?.[1] ?? '';
  return [...body.matchAll(/^ {1,4}(?:- (?:id|name): *)?([\w.-]+) *(?::|$)/gm)]
    .filter((found, _, all) => indentOf(found[0]) === indentOf(all[0]?.[0] ?? ''))
    .map((found) => found[1] ?? '');
}

function sectionStart(text: string, from: number): number {
  let start = text.lastIndexOf('\n', from - 1) + 1;
  while (start > 0 && !/[A-Za-z_"']/.test(text.charAt(start))) start = text.lastIndexOf('\n', start - 2) + 1;
  return start;
}

/** Returns a section up to the cursor; of a long one its first line, and the entry that the cursor is in. */
function around(section: string): string {
  const first = /\n( *)[^\s#]/.exec(section)?.[1];
  if (section.length < LONG || first === undefined) return section;
  let start = section.length;
  while (start > 0) {
    start = section.lastIndexOf(`\n${first}`, start - 1);
    if (/[^\s#]/.test(section.charAt(start + 1 + first.length))) break;
  }
  return start > 0 ? section.slice(0, section.indexOf('\n')) + section.slice(start) : section;
}

/** Returns the names around a node; an entry that it is the name of is not around it. */
function pathTo(from: SyntaxNode, text: string): string[] {
  const path: string[] = [];
  for (let [node, inner] = [from.parent, from]; node; [node, inner] = [node.parent, node]) {
    if (node.name === 'Pair' && inner.name !== 'Key') path.unshift(keyOf(node, text));
    if (node.name === 'Item') path.unshift(ITEM);
  }
  return path;
}

function namesIn(mapping: SyntaxNode | null | undefined, text: string): string[] {
  return (mapping?.getChildren('Pair') ?? []).map((pair) => keyOf(pair, text)).filter((name) => name !== '');
}

/** Returns the names that stand at an indent in the lines after a position, up to a line that is indented less. */
function namesBelow(text: string, position: number, indent: number): string[] {
  const names: string[] = [];
  for (const line of text.slice(position).split('\n').slice(1)) {
    if (line.trim() && indentOf(line) < indent) break;
    const name = /^ *([\w.-]+):/.exec(line)?.[1];
    if (name && indentOf(line) === indent) names.push(name);
  }
  return names;
}

function keyOf(pair: SyntaxNode, text: string): string {
  const key = pair.getChild('Key');
  return key ? text.slice(key.from, key.to).replace(/^["']|["']$/g, '') : '';
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
