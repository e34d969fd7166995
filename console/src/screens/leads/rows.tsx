import { useEffect, useRef } from 'preact/hooks';
import { list as keyWords } from '#texts/parts.ts';
import { leads as words } from '#texts/leads.ts';
import type { Pages } from '../../api/index.ts';
import { Button, focusDetail, useOneStop, useSight } from '../../parts/index.ts';
import { useKeys } from '../../shell/keys.ts';
import { href } from '../../shell/place.ts';
import { pieces } from '../lead/pages.ts';
import { More, Piece } from '../lead/pieces.tsx';
import { LeadRow, type Row } from './row.tsx';

interface RowsProps {
  pages: Pages<'/leads', Row>;
  rows: readonly Row[];
  fresh: number;
  onFresh: () => void;
  selected: string | undefined;
  to: (id: string) => string;
  step: (by: number) => void;
}

/** The rows of a list, of which there may be thousands. */
export function Rows({ pages, rows, fresh, onFresh, selected, to, step }: RowsProps) {
  const room = useRef<HTMLDivElement>(null);
  useSight(room, pages.see, rows.length);
  useOneStop(room);
  const before = useRef<string | undefined>(undefined);
  useKeys([
    { key: 'j', words: keyWords.next, run: () => step(1) },
    { key: 'k', words: keyWords.previous, run: () => step(-1) },
    { key: 'Enter', words: keyWords.open, run: () => { if (selected) focusDetail(); } },
  ]);
  useEffect(() => {
    const at = (id: string | undefined) => (id ? room.current?.querySelector<HTMLElement>(`a[data-lead="${CSS.escape(id)}"]`) : undefined);
    if (selected) at(selected)?.scrollIntoView({ block: 'nearest' });
    else if (before.current) at(before.current)?.scrollIntoView({ block: 'center' });
    before.current = selected;
  }, [selected]);
  return (
    <div class="list">
      {!!fresh && <Button kind="quiet" class="fresh" onClick={onFresh}>{keyWords.fresh(fresh)}</Button>}
      <div ref={room} class="leads-rows">
        {pieces(rows).map((some, at) => {
          const has = some.some((row) => row.lead_id === selected);
          return (
            <Piece key={at} rows={some} mark={has ? `${selected} ${to('')}` : to('')} stay={has}>
              {(shown) => (
                <ul aria-label={words.list}>
                  {shown.map((row) => (
                    <li key={row.lead_id} data-row={row.lead_id}>
                      <a href={href(to(row.lead_id))} data-lead={row.lead_id} class="list-row" aria-current={row.lead_id === selected || undefined}><LeadRow lead={row} /></a>
                    </li>
                  ))}
                </ul>
              )}
            </Piece>
          );
        })}
      </div>
      <More pages={pages} count={rows.length} />
    </div>
  );
}
