import { review as words } from '#texts/review.ts';
import { Button, Empty } from '../../parts/index.ts';
import { goWith } from '../../shell/place.ts';

/** Says that nothing waits, and what one could do. */
export function NothingLeft({ filtered }: { filtered: boolean }) {
  if (!filtered) return <Empty title={words.empty.title}>{words.empty.detail}</Empty>;
  return (
    <Empty title={words.empty.filtered}
      action={<Button onClick={() => goWith({ overdue: undefined, source: undefined, lead: undefined })}>{words.empty.showAll}</Button>} />
  );
}
