/** One lead by itself, such as from a link or the search. */
import { lead as words } from '#texts/lead.ts';
import { LinkButton } from '../../parts/index.ts';
import { href } from '../../shell/place.ts';
import type { ScreenProps } from '../../shell/screens.ts';
import { Lead } from './lead.tsx';

export default function LeadAlone({ params }: ScreenProps) {
  const id = params.id ?? '';
  return (
    <div class="page">
      <LinkButton kind="quiet" icon="back" href={href('/leads')}>{words.all}</LinkButton>
      <Lead key={id} id={id} />
    </div>
  );
}
