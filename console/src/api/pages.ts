/** Reads a list page by page: the first is kept fresh, those after it are read as they are asked for. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { address } from './addresses.ts';
import { Fault } from './faults.ts';
import { type Read, readOnce, useRead } from './reading.ts';
import type { Answer, Asked, PathOf } from './types.ts';

interface Paged {
  cursor?: string | null;
}

export interface Pages<P, Row> {
  /** What the first page answers besides rows. */
  first: Answer<P> | undefined;
  rows: readonly Row[] | undefined;
  fault: Fault | undefined;
  loading: boolean;
  again: () => void;
  /** Reads the next page; undefined on the last one. */
  more: (() => void) | undefined;
  loadingMore: boolean;
}

/** Reads a path whose answer has a `cursor`: `usePages('/leads', { query }, (page) => page.leads)`.
 *
 * @param rowsOf a page's rows
 * @param every milliseconds from one reading of the first page to the next
 */
export function usePages<P extends PathOf<'get'>, Row>(path: P, asked: Asked<P> | null, rowsOf: (page: Answer<P>) => readonly Row[], every = 30_000): Pages<P, Row> {
  const first: Read<Answer<P>> = useRead(path, asked, every);
  const list = asked ? address(path, asked) : '';
  const [later, setLater] = useState<{ list: string; rows: Row[]; cursor: string | null }>({ list: '', rows: [], cursor: null });
  const [reading, setReading] = useState(false);
  const [fault, setFault] = useState<Fault | undefined>();
  const latest = useRef(list);
  latest.current = list;
  useEffect(() => setFault(undefined), [list]);
  const known = later.list === list ? later : undefined;
  const cursor = known ? known.cursor : ((first.data as Paged | undefined)?.cursor ?? null);
  const more = async () => {
    if (!asked || !cursor || reading) return;
    setReading(true);
    setFault(undefined);
    try {
      const page = await readOnce(path, { ...asked, query: { ...asked.query, cursor } } as unknown as Asked<P>);
      if (latest.current === list) setLater({ list, rows: [...(known?.rows ?? []), ...rowsOf(page)], cursor: (page as Paged).cursor ?? null });
    } catch (failure) {
      if (latest.current === list) setFault(failure instanceof Fault ? failure : new Fault('other'));
    } finally {
      setReading(false);
    }
  };
  return {
    first: first.data,
    rows: first.data && [...rowsOf(first.data), ...(known?.rows ?? [])],
    fault: fault ?? first.fault,
    loading: first.loading,
    again: fault ? () => void more() : first.again,
    more: cursor ? () => void more() : undefined,
    loadingMore: reading,
  };
}
