/** Finds the numbers, times and shares of an agreement in its text, by CodeMirror's own tree of the YAML. */
import type { SyntaxNode, Tree } from '@lezer/common';
import type { Change } from '../editor/editor.ts';
import { type Schema, schemasBelow, schemasOf } from '../editor/schema.ts';

/** `number`: 50; `time`: 30m, 2 business hours; `long`: 18 months; `share`: 50%. */
export type Kind = 'number' | 'time' | 'long' | 'share';

export interface AgreedValue {
  /** The names that lead to it; an entry of a list by its id, or by its place from 1: `['fit', 'student', 'points']`. */
  path: readonly string[];
  kind: Kind;
  /** As it is written, without quotes. */
  written: string;
  /** Where it stands in the text, without quotes. */
  from: number;
  to: number;
  /** Where its name begins: findings are placed there. */
  begins: number;
  /** What the step of a ladder does. */
  does?: string;
}

/** A rule of `fit` or `engagement`; one that is off stands in the text as comments that begin with `# off: `. */
export interface AgreedRule {
  section: RuleSection;
  id: string;
  isOn: boolean;
  from: number;
  to: number;
  /** It has lines of its own, so that it can be struck. */
  mayStrike: boolean;
}

export type RuleSection = 'fit' | 'engagement';

export interface Terms {
  values: AgreedValue[];
  rules: AgreedRule[];
}

/** Sections whose numbers are of web pages and tools, not of what two departments agree. */
const TECHNICAL = new Set(['forms', 'content', 'webhooks', 'attributes', 'from_person']);
const OFF = '# off: ';
const OFF_LINE = /^([ \t]*)# off: (.*)$/;

/** Returns the values of an agreement that a field can hold, and its rules, in the text's order. */
export function termsIn(tree: Tree, text: string, schema: Schema): Terms {
  const sections = pairsOf(tree.topNode.getChild('Document')?.getChild('BlockMapping'));
  const told: AgreedValue[] = [];
  const step = stepping(schema);
  for (const pair of sections) {
    const name = keyOf(pair, text);
    if (!TECHNICAL.has(name)) collect(told, valueOf(pair), [name], step(schemasOf(schema), name), pair.from);
  }
  return { values: told, rules: sections.flatMap((pair) => rulesOf(pair, text)) };

  function collect(found: AgreedValue[], node: SyntaxNode | undefined, path: string[], schemas: Schema[], begins: number, does?: string): void {
    if (!node) return;
    if (node.name === 'Literal' || node.name === 'QuotedLiteral') {
      const kind = kindOf(schemas);
      const inner = node.name === 'QuotedLiteral' ? 1 : 0;
      const [from, to] = [node.from + inner, node.to - inner];
      if (kind) found.push({ path, kind, written: text.slice(from, to), from, to, begins, ...(does ? { does } : {}) });
    } else if (node.name.endsWith('Mapping')) {
      const pairs = pairsOf(node);
      const doing = pairs.find((pair) => keyOf(pair, text) === 'do');
      const act = doing && valueOf(doing);
      for (const pair of pairs) {
        const name = keyOf(pair, text);
        collect(found, valueOf(pair), [...path, name], step(schemas, name), pair.from, act && text.slice(act.from, act.to));
      }
    } else if (node.name.endsWith('Sequence')) {
      for (const [index, item] of node.getChildren('Item').entries()) {
        collect(found, item.firstChild ?? undefined, [...path, idOf(item, text) ?? String(index + 1)], step(schemas, '[]'), item.from);
      }
    }
  }
}

/** Returns the change that writes a value; a text that YAML would take for something else is put in quotes. */
export function written(text: string, value: AgreedValue, typed: string): Change {
  const isQuoted = /["']/.test(text.charAt(value.from - 1));
  const spelt = spelling(value.kind, typed);
  const insert = isQuoted ? spelt.replaceAll(/["'\\]/g, '') : /^-?[\w.][\w .%+-]*$/.test(spelt) ? spelt : JSON.stringify(spelt);
  // An empty value keeps its quotes, and loses them once something stands in it.
  return isQuoted && value.from === value.to && insert ? { from: value.from - 1, to: value.to + 1, insert } : { from: value.from, to: value.to, insert };
}

/** Returns the changes that turn a rule off or on again; the other lines stay as they are. */
export function switched(tree: Tree, text: string, rule: AgreedRule): Change[] {
  const lines = linesOf(text, rule.from, rule.to);
  const section = pairsOf(tree.topNode.getChild('Document')?.getChild('BlockMapping')).find((pair) => keyOf(pair, text) === rule.section);
  const list = section && valueOf(section);
  const colon = section?.getChild(':')?.to ?? 0;
  if (rule.isOn) {
    const indent = indentOf(lines[0]?.text ?? '');
    const isLast = list?.getChildren('Item').length === 1;
    return [
      ...(isLast ? [{ from: colon, to: colon, insert: ' []' }] : []),
      ...lines.filter((line) => line.text.trim()).map((line) => ({ from: line.from + Math.min(indent, indentOf(line.text)), to: line.from + Math.min(indent, indentOf(line.text)), insert: OFF })),
    ];
  }
  return [
    ...(list?.name === 'FlowSequence' && !list.getChild('Item') ? [{ from: colon, to: list.to, insert: '' }] : []),
    ...lines.map((line) => ({ from: line.from + indentOf(line.text), to: line.from + indentOf(line.text) + OFF.length, insert: '' })),
  ];
}

/** Returns a change without what it leaves as it is, so that the cursor and undo go by what was typed. */
export function least(text: string, { from, to, insert }: Change): Change {
  let [begin, end] = [0, 0];
  const old = text.slice(from, to);
  while (begin < old.length && begin < insert.length && old[begin] === insert[begin]) begin += 1;
  while (end < old.length - begin && end < insert.length - begin && old.at(-1 - end) === insert.at(-1 - end)) end += 1;
  return { from: from + begin, to: to - end, insert: insert.slice(begin, insert.length - end) };
}

/** Writes `2 days` as the agreement has it: `2d`. What is understood otherwise stays as it was typed. */
export function spelling(kind: Kind, typed: string): string {
  const text = typed.trim();
  if (kind === 'share') return /^\d+$/.test(text) ? `${text}%` : text.replace(/\s+%$/, '%');
  if (kind !== 'time' || text.includes('business')) return text;
  return text.replaceAll(/(\d+) *(?:seconds?|minutes?|mins?|hours?|days?|weeks?|[smhdw])\b/g, (found, count: string) => count + found.slice(count.length).trim().charAt(0));
}

export function rulesOf(section: SyntaxNode, text: string): AgreedRule[] {
  const name = keyOf(section, text);
  if (name !== 'fit' && name !== 'engagement') return [];
  const list = valueOf(section);
  const on = (list?.getChildren('Item') ?? []).map((item): AgreedRule => {
    const to = text.slice(item.from, item.to).trimEnd().length + item.from;
    const lines = linesOf(text, item.from, to);
    return {
      section: name, id: idOf(item, text) ?? '', isOn: true, from: lines[0]?.from ?? item.from, to,
      mayStrike: list?.name === 'BlockSequence' && /^\s*-/.test(lines[0]?.text ?? ''),
    };
  });
  const end = section.nextSibling?.name === 'Pair' ? section.nextSibling.from : text.length;
  return [...on, ...offIn(text, section.from, nextSection(section)?.from ?? end, name)].sort((one, other) => one.from - other.from);
}

function nextSection(section: SyntaxNode): SyntaxNode | null {
  let next = section.nextSibling;
  while (next && next.name !== 'Pair') next = next.nextSibling;
  return next;
}

function offIn(text: string, from: number, to: number, section: RuleSection): AgreedRule[] {
  const found: AgreedRule[] = [];
  let last: AgreedRule | undefined;
  for (const line of linesOf(text, from, to)) {
    const off = OFF_LINE.exec(line.text)?.[2];
    if (off === undefined) last = undefined;
    else if (/^-\s/.test(off)) found.push(last = { section, id: '', isOn: false, from: line.from, to: line.to, mayStrike: true });
    else if (last) last.to = line.to;
    if (last && !last.id) last.id = /\bid:\s*["']?([\w-]+)/.exec(off ?? '')?.[1] ?? '';
  }
  return found.filter((each) => each.id);
}

function kindOf(schemas: Schema[]): Kind | undefined {
  const plain = schemas.filter((each) => each.type !== undefined);
  const types = plain.flatMap((each) => each.type ?? []);
  const examples = plain.flatMap((each) => each.examples ?? []);
  if (plain.some((each) => each.pattern?.endsWith('%$')) || examples.some((each) => /^\d+%$/.test(String(each)))) return 'share';
  if (examples.some((each) => /^\d+[smhdw]$/.test(String(each)))) return 'time';
  if (examples.some((each) => /^\d+ \w+$/.test(String(each)))) return 'long';
  return types.some((each) => each === 'integer' || each === 'number') && !types.includes('string') ? 'number' : undefined;
}

/** Returns the way from schemas to those below them; entries of one list share theirs. */
function stepping(root: Schema): (schemas: Schema[], name: string) => Schema[] {
  const known = new Map<Schema[], Map<string, Schema[]>>();
  return (schemas, name) => {
    const below = known.get(schemas) ?? new Map<string, Schema[]>();
    known.set(schemas, below);
    const found = below.get(name) ?? schemasBelow(root, schemas, name);
    below.set(name, found);
    return found;
  };
}

export function pairsOf(mapping: SyntaxNode | null | undefined): SyntaxNode[] {
  return mapping?.getChildren('Pair') ?? [];
}

export function valueOf(pair: SyntaxNode): SyntaxNode | undefined {
  let last = pair.lastChild;
  while (last && (last.name === 'Comment' || last.name === ',')) last = last.prevSibling;
  return last && last.name !== 'Key' && last.name !== ':' ? last : undefined;
}

export function keyOf(pair: SyntaxNode, text: string): string {
  const key = pair.getChild('Key');
  return key ? text.slice(key.from, key.to).replace(/^["']|["']$/g, '') : '';
}

export function idOf(item: SyntaxNode, text: string): string | undefined {
  const id = pairsOf(item.firstChild).find((pair) => keyOf(pair, text) === 'id');
  const value = id && valueOf(id);
  return value && text.slice(value.from, value.to).replace(/^["']|["']$/g, '');
}

export function linesOf(text: string, from: number, to: number): { from: number; to: number; text: string }[] {
  const lines = [];
  for (let start = text.lastIndexOf('\n', from - 1) + 1; start < to; ) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    lines.push({ from: start, to: stop, text: text.slice(start, stop) });
    start = stop + 1;
  }
  return lines;
}

export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
