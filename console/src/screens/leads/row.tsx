import type { Schema } from '../../api/index.ts';
import { companyName, personName } from '../../format/index.ts';
import { ClockDue, Due, Said, Tag } from '../../parts/index.ts';
import { leads as words } from '#texts/leads.ts';

export type Row = Schema<'LeadSummary'>;

/** A lead in a list: who, how soon, what they asked or why now, and who has it. */
export function LeadRow({ lead }: { lead: Row }) {
  const about = [lead.profile?.title, companyName(lead)].filter(Boolean).join(' · ');
  const asked = lead.asked?.words;
  const [why] = lead.why_now;
  const { by, who, whose } = lead.next_step;
  const claim = lead.review?.claim?.by;
  const has = claim ? words.isOn(claim) : lead.handoff && who === 'sales' ? (lead.handoff.owner ?? words.nobodyHas) : whose;
  return (
    <>
      <span class="leads-row-line"><strong class="grow">{personName(lead)}</strong>{lead.overdue_since ? <ClockDue of={lead} /> : by && <Due at={by} lateAfter={lead.next_step.late_after} />}</span>
      {about && <span class="leads-row-line small"><span class="grow">{about}</span></span>}
      {(asked || why) && <span class="leads-row-why small muted">{asked || <Said text={why} />}</span>}
      <span class="leads-row-line small muted">
        <Tag tone={lead.stage === 'lead' ? 'plain' : 'accent'}>{lead.labels.stage}</Tag>
        <span class="grow">{[lead.labels.status, has].filter(Boolean).join(' · ')}</span>
        {lead.score && <span>{words.score(lead.score.total)}</span>}
      </span>
    </>
  );
}
