/** Says what is missing or wrong in the form for a rule before anybody else is asked. */
import { agreement as words } from '#texts/agreement.ts';
import type { RuleSection } from '../rules/values.ts';
import { type Asked, type FactKind, listed } from './condition.ts';
import type { Deed, KindOf, Trait } from './rule.ts';

/** Returns what is wrong, by the field's name; nothing if the rule is whole. */
export function missingOf(section: RuleSection, deed: Deed, trait: Trait, kindOf: KindOf, id: string, taken: ReadonlySet<string>): Map<string, string> {
  const told = words.newRule;
  const found = new Map<string, string>();
  const points = section === 'engagement' ? deed.points : trait.points;
  if (!/^-?\d{1,4}$/.test(points.trim()) || Number(points) === 0) found.set('points', told.missing.points);
  if (!/^[a-z][a-z0-9_-]{0,39}$/.test(id)) found.set('id', told.badName);
  if (taken.has(id)) found.set('id', told.taken);
  if (section === 'engagement') {
    if (!deed.kind.trim()) found.set('kind', told.missing.kind);
    if ((deed.fades === 'half' || deed.fades === 'gone') && !deed.after.trim()) found.set('after', told.missing.after);
  }
  for (const [at, each] of (section === 'engagement' ? deed : trait).asked.entries()) {
    const missing = missingPart(each, kindOf(each.fact));
    if (missing) found.set(`${at}.words`, missing);
  }
  return found;
}

function missingPart({ words: said, from, to, way }: Asked, kind: FactKind): string | undefined {
  const { missing } = words.newRule;
  if (kind === 'number' || kind === 'time') return from.trim() || to.trim() ? undefined : missing.from;
  if (kind === 'deed') return said.trim() ? undefined : missing.kind;
  return kind === 'yesNo' || kind === 'text' && way === 'known' || listed(said).length > 0 ? undefined : missing.words;
}
