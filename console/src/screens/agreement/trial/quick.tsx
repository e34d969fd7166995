/** Who would newly go to sales by the text as it stands, and who no longer, by name: a trial on the newest leads. */
import { useState } from 'preact/hooks';
import { quickTrial as words } from '#texts/quick-trial.ts';
import { personName } from '../../../format/index.ts';
import { Button, FaultNote, Loading, Note, Tag, Time } from '../../../parts/index.ts';
import { href } from '../../../shell/place.ts';
import { type QuickAnswer, useAsking } from './asking.ts';

export interface QuickProps {
  text: string;
  /** The fingerprint of the text, once it was checked. */
  meaning: string | undefined;
  faulty: boolean;
  /** The text has not been checked yet. */
  unchecked: boolean;
}

type Group = QuickAnswer['newly'];
const FIRST = 8;

export function QuickTrial({ text, meaning, faulty, unchecked }: QuickProps) {
  const { answer, behind, fault, again } = useAsking(faulty || unchecked ? null : { text, meaning });
  const isWaiting = !faulty && (unchecked || behind) && !fault;
  return (
    <section class="stack agreement-quick">
      <h2>{words.title}</h2>
      <p class="muted small" role="status">
        {isWaiting ? (answer ? words.behind : words.coming)
          : answer?.since && !faulty ? <>{words.about(answer.leads, answer.against_version, answer.more)} <Time at={answer.since} as="day" />.</> : ''}
      </p>
      {faulty && <Note tone="soon" icon="warning">{words.faulty}</Note>}
      <FaultNote fault={fault} again={again} stale={!!answer} />
      {!answer && isWaiting && <Loading label={words.coming} lines={4} />}
      {answer && (answer.leads ? <Found answer={answer} /> : <Note>{words.none}</Note>)}
    </section>
  );
}

function Found({ answer }: { answer: QuickAnswer }) {
  const isSame = !answer.newly.leads && !answer.no_longer.leads;
  const leftOut = Object.entries(answer.left_out).map(([why, count]) => `${why} (${count})`);
  return (
    <>
      {isSame && <Note tone="done" icon="check">{words.same(answer.both, answer.neither)}</Note>}
      {!isSame && <p>{answer.load.map((each) => words.load(each.label, each.draft, each.today, each.days)).join(' ')}</p>}
      <Leads title={words.newly(answer.newly.leads)} group={answer.newly} />
      <Leads title={words.noLonger(answer.no_longer.leads)} group={answer.no_longer} lost />
      {!isSame && <p>{words.unchanged(answer.both, answer.neither)}</p>}
      <p class="muted small">{words.sample}{leftOut.length > 0 && ` ${words.leftOut(leftOut.join('; '))}`}</p>
    </>
  );
}

function Leads({ title, group, lost }: { title: string; group: Group; lost?: boolean }) {
  const [whole, setWhole] = useState(false);
  if (!group.leads) return null;
  const shown = whole ? group.named : group.named.slice(0, FIRST);
  return (
    <div>
      <h3>{title}</h3>
      <ul class="agreement-lines">
        {shown.map((lead) => (
          <li key={lead.lead_id} class={lost && lead.became === 'won' ? 'late' : 'plain'}>
            <span class="grow">
              {lead.email
                ? <a class="agreement-row-link" href={href(`/leads/${lead.lead_id}`)}>{personName({ email: lead.email, profile: lead })}</a>
                : words.erased}
              <small class="muted agreement-below">{lead.company && `${lead.company} · `}{lead.labels.trigger}, <Time at={lead.handed_over_at} as="date" /></small>
            </span>
            <Tag tone={lead.became === 'won' ? 'done' : 'plain'}>{lead.labels.returned ? words.returned(lead.labels.returned) : words.became[lead.became]}</Tag>
          </li>
        ))}
      </ul>
      {whole && group.leads > group.named.length && <p class="muted small">{words.further(group.leads - group.named.length)}</p>}
      {group.named.length > FIRST && <Button kind="quiet" expanded={whole} onClick={() => setWhole(!whole)}>{whole ? words.fewer : words.all}</Button>}
    </div>
  );
}
