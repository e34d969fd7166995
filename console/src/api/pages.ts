/** Reads a list page by page: the first page and those in sight are kept fresh, the others once they are seen again. */
import { useRef, useState } from 'preact/hooks';
import { address } from './addresses.ts';
import { Fault } from './faults.ts';
import { appended, NO_PAGES, type Page, type Paged, renewed } from './paged.ts';
import { type Read, readKept, useRead } from './reading.ts';
import type { Answer, Asked, PathOf } from './types.ts';

export interface Pages<P, Row> {
  /** What the first page answers besides rows. */
  first: Answer<P> | undefined;
  rows: readonly Row[] | undefined;
  fault: Fault | undefined;
  loading: boolean;
  again: () => void;
  /** Reads the next page, and returns what it adds; undefined on the last one. */
  more: (() => Promise<readonly Row[]>) | undefined;
  loadingMore: boolean;
  /** Why the next page could not be read. */
  moreFault: Fault | undefined;
  /** Hears which rows are in sight, by the ids of the first and the last: `<List onSight={pages.see}>`. */
  see: (ids: readonly string[]) => void;
}

/** A list that was read, and of each page the answer that it has. */
interface Kept<Row> {
  list: Paged<Row>;
  answers: unknown[];
  /** When the latest of them was known to be true, in milliseconds. */
  at: number;
}

const MOST = 24;
const TOGETHER = 5_000;
const lists = new Map<string, Kept<unknown>>();

/** Reads a path whose answer has a `cursor`: `usePages('/leads', { query }, (page) => page.leads, (row) => row.lead_id)`.
 *
 * What was read is kept while one looks elsewhere. However long the list is, at most three pages are read at a time.
 *
 * @param rowsOf a page's rows
 * @param every milliseconds from one reading to the next
 */
export function usePages<P extends PathOf<'get'>, Row>(path: P, asked: Asked<P>, rowsOf: (page: Answer<P>) => readonly Row[], idOf: (row: Row) => string, every = 30_000): Pages<P, Row> {
  const name = address(path, asked);
  const [sight, setSight] = useState<{ name: string; at: readonly number[] }>({ name, at: [] });
  const [moreFault, setMoreFault] = useState<{ name: string; fault: Fault } | undefined>();
  const [reading, setReading] = useState(false);
  const latest = useRef(name);
  latest.current = name;

  const kept = () => (lists.get(name) ?? { list: NO_PAGES, answers: [], at: 0 }) as Kept<Row>;
  const keep = (list: Paged<Row>, answers: unknown[], at: number) => {
    lists.delete(name);
    lists.set(name, { list, answers, at });
    for (const other of lists.keys()) if (lists.size > MOST) lists.delete(other);
  };
  const pageOf = (answer: Answer<P>): Page<Row> => ({ rows: rowsOf(answer), cursor: (answer as { cursor?: string | null }).cursor ?? null });
  const behind = (cursor: string | null | undefined) => (cursor ? ({ ...asked, query: { ...asked.query, cursor } } as unknown as Asked<P>) : null);
  const take = (at: number, { data, at: when }: Read<Answer<P>>) => {
    const { list, answers, at: last } = kept();
    if (!data || answers[at] === data || at > list.pages.length || when < last - TOGETHER) return; // an answer of another time waits to be read anew
    const now = renewed(list, at, pageOf(data), idOf);
    const same = now.pages.length === list.pages.length;
    keep(now, now.pages.map((_, index) => (index === at ? data : index < at || same ? answers[index] : undefined)), Math.max(when, last));
  };

  const first: Read<Answer<P>> = useRead(path, asked, every);
  if (first.fault?.kind === 'forbidden' || first.fault?.kind === 'absent') lists.delete(name);
  take(0, first);
  const [one, other] = sight.name === name ? sight.at : [];
  const upper = useRead(path, behind(one ? kept().list.pages[one]?.from : null), every);
  if (one) take(one, upper);
  const lower = useRead(path, behind(other ? kept().list.pages[other]?.from : null), every);
  if (other) take(other, lower);

  const { list } = kept();
  const more = async () => {
    const from = list.cursor;
    const next = behind(from);
    if (!next || reading) return [];
    setReading(true);
    setMoreFault(undefined);
    try {
      const answer = await readKept(path, next);
      const now = kept();
      if (now.list.cursor !== from) return [];
      const further = appended(now.list, pageOf(answer), idOf);
      keep(further, [...now.answers, answer], Date.now());
      return further.pages.at(-1)?.rows ?? [];
    } catch (failure) {
      if (latest.current === name) setMoreFault({ name, fault: failure instanceof Fault ? failure : new Fault('other') });
      return [];
    } finally {
      setReading(false);
    }
  };
  const failed = moreFault?.name === name ? moreFault.fault : undefined;
  return {
    first: first.data,
    rows: first.data ? list.pages.flatMap((page) => page.rows) : undefined,
    fault: failed ?? first.fault ?? upper.fault ?? lower.fault,
    loading: first.loading,
    again: failed ? () => void more() : first.again,
    more: list.cursor === null ? undefined : more,
    loadingMore: reading,
    moreFault: failed,
    see: (ids) => {
      const on = new Set(ids);
      const at = list.pages.flatMap((page, index) => (index > 0 && page.rows.some((row) => on.has(idOf(row))) ? [index] : []));
      if (sight.name !== name || String(at) !== String(sight.at)) setSight({ name, at });
    },
  };
}
