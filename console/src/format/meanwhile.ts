/** Tells what became of a lead between two looks at it, as far as it matters to who fills in a form about it. Pure. */
import { contactChannels, labelOf, needs, outcomes, plainWords } from '#texts/codes.ts';
import { meanwhile as words } from '#texts/meanwhile.ts';

/** A lead as a row or a screen has it; what is undefined is not known there, and is not compared. */
export interface Seen {
  lead_id: string;
  email: string;
  status: string;
  updated_at: string;
  labels: Readonly<Record<string, string | null | undefined>>;
  handoff?: SeenHandoff | null;
  held?: { by: string } | null;
  merged?: readonly { lead_id: string; email?: string | null }[];
  bant?: Readonly<Record<string, { value: unknown }>>;
}

interface SeenHandoff {
  handoff_id: string;
  state: string;
  owner?: string | null;
  assigned_by?: string | null;
  ended_by?: string | null;
  contact?: { at: string; channel: string; outcome?: string | null } | null;
}

/** An event of a lead's timeline, as far as it is asked for here. */
export interface Deed {
  at: string;
  by: string;
  words?: string | null;
}

/** Returns what another person did last with a lead since it was seen, of its newest events, the newest first. */
export function lastDeed<D extends Deed>(seen: Seen, newest: readonly D[], reader: string | undefined): D | undefined {
  return newest.find((each) => each.words && each.by.includes('@') && each.by !== reader && Date.parse(each.at) > Date.parse(seen.updated_at));
}

const OPEN = ['offered', 'accepted', 'contacted'];

/** Returns sentences of what changed since a lead was seen; none if `now` is no later than that. */
export function changesSince(seen: Seen, now: Seen): string[] {
  if (now.updated_at < seen.updated_at) return [];
  if (now.lead_id !== seen.lead_id) return [words.joined(now.email)];
  const known = new Set(seen.merged?.map((each) => each.lead_id));
  return [
    ...ofHandoff(seen, now),
    ...(seen.merged ? (now.merged ?? []).filter((each) => !known.has(each.lead_id)).map((each) => words.merged(each.email ?? each.lead_id)) : []),
    ...(seen.email === now.email ? [] : [words.address(now.email)]),
    ...ofHold(seen.held, now.held),
    ...Object.entries(needs).flatMap(([need, label]) => {
      const value = now.bant?.[need]?.value;
      return seen.bant && value !== undefined && value !== seen.bant[need]?.value ? [words.learned(label, typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value))] : [];
    }),
  ];
}

function ofHandoff(seen: Seen, now: Seen): string[] {
  const [had, has] = [openOf(seen), openOf(now)];
  if (!has) return had || seen.status !== now.status ? [had ? ended(now) : words.is(label(now))] : [];
  const owner = has.owner;
  if (had?.handoff_id !== has.handoff_id || had.owner !== owner) {
    if (!owner) return [words.waits];
    return [has.assigned_by?.includes('@') && has.assigned_by !== owner ? words.gave(has.assigned_by, owner) : words.has(owner)];
  }
  const { contact } = has;
  if (contact && had.contact !== undefined && contact.at !== had.contact?.at) {
    return [words.contact([labelOf(outcomes, contact.outcome), labelOf(contactChannels, contact.channel)].filter(Boolean).join(', '))];
  }
  return had.state === has.state ? [] : [words.is(label(now))];
}

function ended(now: Seen): string {
  const by = now.handoff?.ended_by;
  return by?.includes('@') ? words.overBy(label(now), by) : words.over(label(now));
}

function ofHold(before: Seen['held'], after: Seen['held']): string[] {
  if (before === undefined || before?.by === after?.by) return [];
  return [after ? words.held(after.by) : words.released];
}

function openOf({ handoff }: Seen): SeenHandoff | undefined {
  return handoff && OPEN.includes(handoff.state) ? handoff : undefined;
}

function label({ labels, status, handoff }: Seen): string {
  return (handoff && labels.state) || labels.status || plainWords(status);
}
