/** What marketing owes, by due time, in pages of fifty. */
import { useState } from 'preact/hooks';
import { type Schema, usePages } from '../../api/index.ts';
import { useCalm } from '../../shell/use-calm.ts';

export type Row = Schema<'LeadSummary'>;

export interface Filter {
  overdue: boolean;
  source: string | undefined;
}

const idOf = (row: Row) => row.lead_id;

/** Returns the rows that are shown, how many came since, and how to read on. */
export function useQueue(filter: Filter) {
  const asked = { owner: 'marketing', limit: 50, overdue: filter.overdue ? ('true' as const) : undefined, source: filter.source };
  const pages = usePages('/leads', { query: asked }, (page) => page.leads, idOf);
  const [reviewed, setReviewed] = useState<ReadonlyMap<string, string>>(new Map());
  const owed = pages.rows?.filter((row) => !row.review || reviewed.get(row.lead_id) !== row.review.opened_at);
  const shown = useCalm(owed, idOf, JSON.stringify(asked));
  return {
    ...pages,
    rows: shown.rows,
    fresh: shown.fresh,
    showFresh: shown.show,
    isRead: !!pages.rows,
    /** Takes away leads that were reviewed, until they are owed something again. */
    done: (ids: readonly string[]) => {
      const rows = shown.rows.filter((row) => ids.includes(row.lead_id));
      setReviewed(new Map([...reviewed, ...rows.map((row) => [row.lead_id, row.review?.opened_at ?? ''] as const)]));
    },
  };
}

export type Queue = ReturnType<typeof useQueue>;
