import { useEffect, useRef } from 'preact/hooks';
import { list as keyWords } from '#texts/parts.ts';
import { leads as words } from '#texts/leads.ts';
import { Button, focusDetail } from '../../parts/index.ts';
import { useKeys } from '../../shell/keys.ts';
import { href } from '../../shell/place.ts';
import { pieces } from '../lead/pages.ts';
import { More, Piece } from '../lead/pieces.tsx';
import type { Pages } from '../lead/use-kept-pages.ts';
import { LeadRow, type Row } from './row.tsx';

interface RowsProps {
  pages: Pages<Row>;
  selected: string | undefined;
  to: (id: string) => string;
  step: (by: number) => void;
}

/** The rows of a list, of which there may be thousands. */
export function Rows({ pages, selected, to, step }: RowsProps) {
  const room = useRef<HTMLDivElement>(null);
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
      {!!pages.fresh && <Button kind="quiet" class="fresh" onClick={pages.showFresh}>{keyWords.fresh(pages.fresh)}</Button>}
      <div ref={room} class="leads-rows">
        {pieces(pages.rows).map((some, at) => {
          const has = some.some((row) => row.lead_id === selected);
          return (
            <Piece key={at} rows={some} mark={has ? `${selected} ${to('')}` : to('')} stay={has}>
              {(rows) => (
                <ul aria-label={words.list}>
                  {rows.map((row) => (
                    <li key={row.lead_id}>
                      <a href={href(to(row.lead_id))} data-lead={row.lead_id} class="list-row" aria-current={row.lead_id === selected || undefined}><LeadRow lead={row} /></a>
                    </li>
                  ))}
                </ul>
              )}
            </Piece>
          );
        })}
      </div>
      <More pages={pages} />
    </div>
  );
}
