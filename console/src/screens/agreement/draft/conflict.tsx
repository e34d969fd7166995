/** Somebody changed the draft while another one typed: both texts, and whose shall stand. */
import { useMemo } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import type { Schema } from '../../../api/index.ts';
import { Button, Time } from '../../../parts/index.ts';
import { lineDifferences } from '../line-differences.ts';

interface ConflictProps {
  mine: string;
  theirs: Schema<'Draft'>;
  onMine: () => void;
  onTheirs: () => void;
}

const MOST = 400;

export function Conflict({ mine, theirs, onMine, onTheirs }: ConflictProps) {
  const lines = useMemo(() => lineDifferences(mine, theirs.yaml), [mine, theirs.yaml]);
  return (
    <section class="note soon agreement-conflict" role="alert">
      <div class="grow stack">
        <div>
          <strong>{words.conflict.title(theirs.changed_by, theirs.revision)}</strong> <Time at={theirs.changed_at} as="ago" />
          <p>{words.conflict.detail}</p>
        </div>
        {lines.length === 0 ? <p>{words.conflict.same}</p> : (
          <div class="agreement-diff" tabIndex={0} role="region" aria-label={words.conflict.both}>
            {lines.slice(0, MOST).map((line, index) => (
              <div key={index} class={`diff-${line.kind}`}>
                {line.kind === 'skipped'
                  ? words.conflict.skipped(line.count)
                  : <><span class="diff-whose">{line.kind === 'same' ? '' : words.conflict.whose[line.kind]}</span><code>{line.text || ' '}</code></>}
              </div>
            ))}
          </div>
        )}
        <div class="row">
          <Button onClick={onMine}>{words.conflict.mine}</Button>
          <Button onClick={onTheirs}>{words.conflict.theirs}</Button>
        </div>
      </div>
    </section>
  );
}
