/** Lists of leads by name: those that everybody has, and those that somebody saved in this browser. */

/** The parameters of the address that say which list is meant. */
export const LISTED = ['queue', 'owner', 'team', 'overdue', 'source', 'account', 'changed_since', 'order'] as const;
export type Name = (typeof LISTED)[number];
export type ListQuery = Partial<Record<Name, string>>;

/** Without one of these, the API does not know which list is meant. */
const PLACES: readonly Name[] = ['queue', 'owner', 'team', 'account', 'overdue'];

/** The lists that everybody has, by their keys in the texts. */
export const known = {
  review: { queue: 'in_review' },
  sales: { queue: 'with_sales' },
  overdue: { overdue: 'true' },
  nobody: { owner: 'nobody' },
  mine: { owner: 'me' },
  nurturing: { queue: 'nurturing' },
  parked: { queue: 'parked' },
  disqualified: { queue: 'disqualified' },
  won: { queue: 'won' },
  lost: { queue: 'lost' },
  spam: { queue: 'spam' },
} as const satisfies Record<string, ListQuery>;
export type KnownView = keyof typeof known;

/** Returns the list that an address asks for; one that names none is what the reader's group looks at first. */
export function listIn(query: URLSearchParams, groups: readonly string[]): ListQuery {
  const given: ListQuery = {};
  for (const name of LISTED) {
    const value = query.get(name);
    if (value) given[name] = value;
  }
  if (PLACES.some((name) => given[name])) return given;
  return { ...(groups.includes('marketing') ? known.review : known.sales), ...given };
}

/** Returns a list's parameters in one order, so that the same list has the same words. */
export function written(list: ListQuery): string {
  return new URLSearchParams(LISTED.flatMap((name) => (list[name] ? [[name, list[name]]] : []))).toString();
}

/** Returns what to change in an address so that it asks for another list: nothing of the present one stays. */
export function changeTo(list: ListQuery): Record<Name | 'q', string | undefined> {
  const all = Object.fromEntries(LISTED.map((name) => [name, list[name]])) as Record<Name, string | undefined>;
  return { ...all, q: undefined };
}

/** Which of the known lists this is, if any. */
export function nameOf(list: ListQuery): KnownView | undefined {
  return (Object.keys(known) as KnownView[]).find((name) => written(known[name]) === written(list));
}

export interface Saved {
  name: string;
  /** As `written` gives it. */
  address: string;
}

const KEY = 'baton-views';
const MOST = 50;

/** Returns the saved lists of a store, such as `localStorage`; what it cannot read is none. */
export function saved(store: Pick<Storage, 'getItem'>): Saved[] {
  try {
    const read: unknown = JSON.parse(store.getItem(KEY) ?? '[]');
    return Array.isArray(read) ? read.filter((each): each is Saved => typeof each?.name === 'string' && typeof each?.address === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Saves a list under a name, and takes the name from another one; without a list, forgets the name. */
export function save(store: Pick<Storage, 'getItem' | 'setItem'>, name: string, list?: ListQuery): Saved[] {
  const others = saved(store).filter((each) => each.name !== name);
  const all = list ? [...others, { name, address: written(list) }].slice(-MOST) : others;
  store.setItem(KEY, JSON.stringify(all));
  return all;
}
