import { review as words } from '#texts/review.ts';
import { Button, Empty, LinkButton } from '../../parts/index.ts';
import { goWith, href } from '../../shell/place.ts';

/** Says that nothing waits, and what one could do. */
export function NothingLeft({ filtered }: { filtered: boolean }) {
  if (!filtered) {
    return (
      <Empty title={words.empty.title} action={<LinkButton href={href('/leads?queue=nurturing')}>{words.empty.nurturing}</LinkButton>}>
        {words.empty.detail}
      </Empty>
    );
  }
  return (
    <Empty title={words.empty.filtered}
      action={<Button onClick={() => goWith({ overdue: undefined, source: undefined, lead: undefined })}>{words.empty.showAll}</Button>} />
  );
}
