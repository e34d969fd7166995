/** The moments at which something about a lead changed, and what it was, as far as the lead tells. */
import { facts, moment as words } from '#texts/lead.ts';
import { inWords } from '../../format/sentences.ts';
import type { LeadView } from './ledger.ts';

export interface Turn {
  /** In milliseconds. */
  at: number;
  /** What happened then, in words, each once. */
  what: string[];
  /** Whether it moved the lead between marketing and sales, and not only what is known of it. */
  main: boolean;
}

/** Returns what a lead tells of when it changed, in order, each moment once. */
export function turns(lead: LeadView): Turn[] {
  const { handoff, review, labels } = lead;
  const moved: readonly Told[] = [
    [lead.created_at, words.beginning],
    [lead.request?.at, words.asked],
    [handoff?.offered_at, words.offered],
    ...(handoff?.stints ?? []).flatMap((stint): Told[] => [
      [stint.since, words.holds(stint.owner ?? words.nobody)], [stint.accepted_at, words.accepted], [stint.contacted_at, words.contacted],
    ]),
    [handoff?.ended_at, labels.state ?? words.ended],
    [review?.last?.at, words.reviewed(labels.verdict ?? '')],
    [lead.status_since, labels.status],
    [lead.unsubscribed_at, words.unsubscribed],
  ];
  const learned: readonly Told[] = [
    ...lead.score.entries.filter((entry) => entry.kind !== 'limit').map((entry): Told => [entry.at, entry.what ?? inWords(entry.rule)]),
    ...(lead.recent ?? []).map((each): Told => [each.at, inWords(each.kind)]),
    ...Object.entries(lead.said_by).map(([fact, said]): Told => [said.at, words.learned(facts.names[fact] ?? inWords(fact))]),
    [lead.updated_at, ''],
  ];
  return together([...moved.flatMap((each) => turn(each, true)), ...learned.flatMap((each) => turn(each, false))]);
}

type Told = readonly [at: string | null | undefined, what: string | null | undefined];

function turn([at, what]: Told, main: boolean): Turn[] {
  return at ? [{ at: Date.parse(at), what: what ? [`${what.charAt(0).toUpperCase()}${what.slice(1)}`] : [], main }] : [];
}

/** Returns turns in order, with those of one moment as one. */
export function together(all: readonly Turn[]): Turn[] {
  const found = new Map<number, Turn>();
  for (const each of all) {
    const there = found.get(each.at);
    found.set(each.at, there ? { at: each.at, what: [...new Set([...there.what, ...each.what])], main: there.main || each.main } : each);
  }
  return [...found.values()].sort((one, other) => one.at - other.at);
}

/** Returns the moment of the turn that is nearest to a moment, if it is within a span of it; else the moment itself. */
export function nearTo(moment: number, all: readonly Turn[], within: number): number {
  const nearest = all.toSorted((one, other) => Math.abs(one.at - moment) - Math.abs(other.at - moment))[0];
  return nearest && Math.abs(nearest.at - moment) <= within ? nearest.at : moment;
}
