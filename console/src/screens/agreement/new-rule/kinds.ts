/** What leads may do, by the names of signals: those that the agreement has already, and those that tools usually send. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { keyOf, pairsOf, valueOf } from '../rules/values.ts';

/** As in `usual_kinds.py`, which a test compares. */
export const USUAL_KINDS: readonly string[] = [
  'consultation_requested', 'demo_requested', 'meeting_booked', 'meeting_canceled', 'meeting_missed',
  'page_visited', 'content_downloaded', 'webinar_registered', 'webinar_attended', 'form_submitted',
  'email_sent', 'email_delivered', 'email_opened', 'email_clicked', 'email_replied', 'email_forwarded',
  'email_bounced', 'email_changed', 'email_converted', 'email_drafted', 'email_failed', 'email_dropped',
  'unsubscribed', 'subscribed', 'resubscribed', 'subscription_confirmed', 'preferences_changed',
  'contact_created', 'contact_updated', 'contact_deleted', 'profile_updated', 'identified', 'imported',
  'trial_started', 'trial_expired', 'account_created', 'signed_up', 'list_joined', 'list_left',
  'do_not_contact', 'spam_reported', 'email_marked_as_spam', 'opted_out',
];

/** Something that leads can read. */
export interface Content {
  id: string;
  title: string;
}

/** Returns the kinds of signals that an agreement names, in the order of its text, and then the usual ones. */
export function kindsIn(tree: Tree, text: string): string[] {
  const sections = pairsOf(tree.topNode.getChild('Document')?.getChild('BlockMapping'));
  const found = sections.flatMap((pair) => {
    const value = valueOf(pair);
    const name = keyOf(pair, text);
    if (name === 'engagement') return itemsOf(value).flatMap((rule) => wordsOf(inner(inner(rule, text, 'signal'), text, 'kind'), text));
    if (name === 'forms') return pairsOf(value).flatMap((form) => wordsOf(inner(valueOf(form), text, 'signal'), text));
    if (name === 'from_person') return pairsOf(value).map((each) => keyOf(each, text));
    return name === 'asks_for_a_person' || name === 'unsubscribes' || name === 'subscribes' ? wordsOf(value, text) : [];
  });
  return [...new Set([...found.filter((each) => /^[\w.-]+$/.test(each)), ...USUAL_KINDS])];
}

/** Returns what leads can read by an agreement. */
export function contentsIn(tree: Tree, text: string): Content[] {
  const section = pairsOf(tree.topNode.getChild('Document')?.getChild('BlockMapping')).find((pair) => keyOf(pair, text) === 'content');
  return itemsOf(section && valueOf(section)).flatMap((each) => {
    const [id] = wordsOf(inner(each, text, 'id'), text);
    const [title] = wordsOf(inner(each, text, 'title'), text);
    return id ? [{ id, title: title || id }] : [];
  });
}

function itemsOf(list: SyntaxNode | undefined): SyntaxNode[] {
  return list?.getChildren('Item').flatMap((each) => each.firstChild ?? []) ?? [];
}

function inner(mapping: SyntaxNode | undefined, text: string, name: string): SyntaxNode | undefined {
  const pair = pairsOf(mapping).find((each) => keyOf(each, text) === name);
  return pair && valueOf(pair);
}

/** Returns a word, or those of a list. */
function wordsOf(node: SyntaxNode | undefined, text: string): string[] {
  if (!node) return [];
  if (node.name.endsWith('Sequence')) return itemsOf(node).flatMap((each) => wordsOf(each, text));
  return node.name.endsWith('Literal') ? [text.slice(node.from, node.to).replaceAll(/^["']|["']$/g, '')] : [];
}

/** Returns `webinar_attended` for `Webinar attended`, if that is known; anything else as it was typed. */
export function asKnown(typed: string, kinds: readonly string[]): string {
  const code = typed.trim().toLowerCase().replaceAll(/[\s-]+/g, '_');
  return kinds.includes(code) && !typed.endsWith(' ') ? code : typed;
}
