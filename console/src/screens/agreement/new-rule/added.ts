/** Finds where a new rule belongs in the text of an agreement: behind the others of its section, written as they are. */
import type { SyntaxNode, Tree } from '@lezer/common';
import type { Change } from '../editor/editor.ts';
import { indentOf, keyOf, linesOf, pairsOf, rulesOf, type RuleSection, valueOf } from '../rules/values.ts';
import { entryOf, inFlow, type Rule } from './yaml.ts';

/** What stands before the rules in an agreement, in the order of its sections. */
const BEFORE: Record<RuleSection, readonly string[]> = {
  fit: ['title', 'threshold', 'thresholds', 'score'],
  engagement: ['title', 'threshold', 'thresholds', 'score', 'fit'],
};
const INDENT = '  ';

/** Returns the changes that add a rule; undefined where the section is written in a way that only a person can follow. */
export function added(tree: Tree, text: string, section: RuleSection, rule: Rule): Change[] | undefined {
  const pairs = pairsOf(tree.topNode.getChild('Document')?.getChild('BlockMapping'));
  if (!pairs.length) return undefined;
  const pair = pairs.find((each) => keyOf(each, text) === section);
  if (!pair) return [ofNewSection(pairs, text, section, rule)];
  const list = valueOf(pair);
  const items = list?.getChildren('Item') ?? [];
  if (list?.name === 'BlockSequence') {
    const indent = ' '.repeat(indentOf(lineAt(text, list.from)));
    return [behind(text, lastOf(pair, text), entryOf(rule, indent, items.some(isOnOneLine)))];
  }
  if (list && list.name !== 'FlowSequence') return undefined;
  const last = items.at(-1);
  if (list && last) return [inFlowSequence(text, last, rule)];
  const struck = rulesOf(pair, text).at(-1);
  const indent = struck ? ' '.repeat(indentOf(lineAt(text, struck.from))) : INDENT;
  const entry = behind(text, struck?.to ?? pair.getChild(':')?.to ?? pair.to, entryOf(rule, indent, true));
  const colon = pair.getChild(':')?.to ?? pair.to;
  return [...(list ? [{ from: colon, to: list.to, insert: '' }] : []), entry];
}

/** Returns a text after changes of it. */
export function afterwards(text: string, changes: readonly Change[]): string {
  return [...changes].sort((one, other) => other.from - one.from).reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text);
}

function ofNewSection(pairs: SyntaxNode[], text: string, section: RuleSection, rule: Rule): Change {
  const before = pairs.findLast((each) => BEFORE[section].includes(keyOf(each, text)));
  const entry = `${section}:\n${entryOf(rule, INDENT, true)}`;
  if (before) return behind(text, endOf(before, text), `\n${entry}`);
  const first = pairs[0]?.from ?? 0;
  return { from: first, to: first, insert: `${entry}\n\n` };
}

function inFlowSequence(text: string, last: SyntaxNode, rule: Rule): Change {
  const line = lineAt(text, last.from);
  const hasOwnLine = text.slice(0, last.from).endsWith(`\n${' '.repeat(indentOf(line))}`);
  return { from: last.to, to: last.to, insert: `,${hasOwnLine ? `\n${' '.repeat(indentOf(line))}` : ' '}${inFlow(rule)}` };
}

/** Returns where the last rule of a section ends, be it struck or not. */
function lastOf(pair: SyntaxNode, text: string): number {
  return rulesOf(pair, text).at(-1)?.to ?? endOf(pair, text);
}

function isOnOneLine(item: SyntaxNode): boolean {
  return item.getChild('FlowMapping') !== null;
}

/** Returns where the text of a node ends, without the empty lines and comments behind it. */
function endOf(node: SyntaxNode, text: string): number {
  const lines = linesOf(text, node.from, node.to).filter((line) => line.text.trim() && !line.text.trimStart().startsWith('#'));
  return Math.min(lines.at(-1)?.to ?? node.to, node.to);
}

/** Returns the change that writes lines below the line of a place. */
function behind(text: string, place: number, lines: string): Change {
  const end = text.indexOf('\n', place);
  const at = end < 0 ? text.length : end;
  return { from: at, to: at, insert: `\n${lines}` };
}

function lineAt(text: string, place: number): string {
  return linesOf(text, place, place + 1)[0]?.text ?? '';
}
