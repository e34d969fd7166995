import { useState } from 'preact/hooks';
import { acts, lead as words } from '#texts/lead.ts';
import { useDo } from '../../api/index.ts';
import { companyName, mailLink, personName, phoneLink } from '../../format/index.ts';
import { Button, Due, FaultNote, LinkButton, Said, say, Tag, Time } from '../../parts/index.ts';
import { Lazy } from './lazy.tsx';
import type { LeadView } from './ledger.ts';

const dialogs = () => import('./acts.tsx');
export type Act = 'note' | 'handOver' | 'hold';

/** Who it is, who has it, what comes next, and what one can do with it; of a past moment nothing can be done. */
export function Head({ lead, past }: { lead: LeadView; past: boolean }) {
  const [act, setAct] = useState<Act | undefined>();
  const { profile, labels, handoff, next_step: step } = lead;
  const phone = phoneLink(profile.phone_e164 ?? profile.phone);
  const about = [profile.title, companyName(lead)].filter(Boolean).join(' · ');
  const whose = step.whose?.includes('@') ? step.whose : words.who[step.who];
  return (
    <header class="lead-head">
      <h1>{personName(lead)}</h1>
      {about && <p>{about}</p>}
      <div class="row">
        <Tag tone={lead.stage === 'lead' ? 'plain' : 'accent'}>{labels.stage}</Tag>
        <Tag>{labels.status}</Tag>
        {lead.held && <Tag tone="soon">{words.held}</Tag>}
        {lead.suspected_at && lead.status !== 'spam' && <Tag tone="late">{words.spam}</Tag>}
        {lead.unsubscribed_at && <Tag tone="late">{words.unsubscribed}</Tag>}
        {lead.unverified && <Tag tone="soon">{words.unverified}</Tag>}
        {lead.disposable_address && <Tag tone="soon">{words.disposable}</Tag>}
        <span class="muted small">{words.source(lead.source, lead.channel ?? '')}</span>
      </div>
      <div class="row lead-reach">
        {phone && <LinkButton icon="phone" href={phone}>{profile.phone}</LinkButton>}
        <LinkButton icon="mail" href={mailLink(lead.email)}>{lead.email}</LinkButton>
      </div>
      <div class="lead-next">
        <span class="muted small">{words.next}</span>
        <p>{step.who === 'nobody' ? <Said text={lead.qualification.next} /> : words.nextStep(whose, step.what)} {step.by && (past ? <span class="muted">{words.by} <Time at={step.by} as={step.by === lead.review_on ? 'given' : 'moment'} /></span> : <Due at={step.by} lateAfter={step.late_after} />)}{!past && lead.review_on && <span class="small muted"> {words.reviewOn} <Time at={lead.review_on} as="day" /></span>}</p>
        {lead.status === 'parked' && lead.review?.last?.reason && <p class="small">{words.because(lead.review.last.reason)}</p>}
        <p class="small muted">{words.has(holder(lead))} <Time at={lead.status_since} />{handoff && lead.status === 'with_sales' && ` · ${labels.trigger}`}</p>
        {lead.held && step.who !== 'nobody' && <p class="small">{words.heldBy(lead.held.by, lead.held.reason)} · {words.heldUntil} <Time at={lead.held.until} as="given" /></p>}
        {lead.kept_from_sales?.label && <p class="small">{words.kept(lead.kept_from_sales.label)}</p>}
      </div>
      {!past && <Acts lead={lead} onAct={setAct} />}
      {act && <Lazy load={dialogs} with={{ lead, act, onClose: () => setAct(undefined) }} />}
    </header>
  );
}

function holder(lead: LeadView): string {
  if (lead.status === 'with_sales') return lead.handoff?.owner ?? words.waiting;
  const claim = lead.review?.claim?.by;
  const { who } = lead.next_step;
  return claim ? words.onReview(claim) : who === 'sales' || who === 'marketing' ? words.who[who] : lead.labels.status ?? '';
}

function Acts({ lead, onAct }: { lead: LeadView; onAct: (act: Act) => void }) {
  const release = useDo('delete', '/leads/{lead_id}/hold');
  const unspam = useDo('post', '/leads/{lead_id}/release-from-spam');
  const path = { lead_id: lead.lead_id };
  return (
    <>
      <div class="row">
        {lead.suspected_at && <Button kind="primary" pending={unspam.pending} onClick={async () => { if (await unspam.run({ path })) say(acts.spamReleased); }}>{acts.takeFromSpam}</Button>}
        <Button onClick={() => onAct('note')}>{acts.note}</Button>
        {lead.status !== 'with_sales' && <Button onClick={() => onAct('handOver')}>{acts.handOver}</Button>}
        {lead.held
          ? <Button pending={release.pending} onClick={async () => { if (await release.run({ path })) say(acts.releaseConfirmed); }}>{acts.release}</Button>
          : !['with_sales', 'spam'].includes(lead.status) && <Button onClick={() => onAct('hold')}>{acts.hold}</Button>}
      </div>
      <FaultNote fault={release.fault ?? unspam.fault} />
    </>
  );
}
