/** One lead as its owner needs it before a call, and what they do about it. */
import { useEffect, useRef } from 'preact/hooks';
import { contactChannels, labelOf, needs, outcomes, plainWords, stages } from '#texts/codes.ts';
import { inbox as words } from '#texts/inbox.ts';
import { type Schema, useDo, useRead } from '../../api/index.ts';
import { now } from '../../format/clock.ts';
import { companyName, countryName, mailLink, personName, phoneLink } from '../../format/index.ts';
import { Button, Due, Empty, Facts, FaultNote, focusDetail, LinkButton, Loading, Note, Panel, Said, say, Tag, Time } from '../../parts/index.ts';
import { person } from '../../session/session.ts';
import { useKeys } from '../../shell/keys.ts';
import { fromHere, goWith, href, place } from '../../shell/place.ts';
import { CloseForm } from './close-form.tsx';
import { ContactForm } from './contact-form.tsx';
import { LearnForm } from './learn-form.tsx';
import { PassForm } from './pass-form.tsx';
import { ReturnForm } from './return-form.tsx';
import { nextDue } from './sums.ts';
import { Unsent } from './unsent.tsx';

type Whole = Schema<'Lead'>;
type Row = Schema<'LeadSummary'>;

/** Milliseconds until what a colleague did to the open lead is seen. */
const EVERY = 10_000;
/** What the API says of a question that nobody answered: `budget: no answer yet`. */
const NO_ANSWER = /: no answer yet$/;
const OPEN = ['offered', 'accepted', 'contacted'];
const FORMS = { contact: ContactForm, learn: LearnForm, pass: PassForm, return: ReturnForm, close: CloseForm };
type FormName = keyof typeof FORMS;
const KEYS: Partial<Record<FormName, string>> = { contact: 'c', pass: 'p', return: 'r', close: 'w' };

export function Lead({ id, row, others }: { id: string; row: Row | undefined; others: readonly Row[] }) {
  const { data: lead, fault, loading, again } = useRead('/leads/{lead_id}', { path: { lead_id: id } }, EVERY);
  if (!lead) return fault ? <FaultNote fault={fault} again={again} pending={loading} /> : <>{row && <Who lead={row} />}<Loading label={words.loading} lines={6} /></>;
  const mine = lead.handoff && OPEN.includes(lead.handoff.state ?? '') && lead.handoff.owner === person.value.email;
  return (
    <article class="inbox-lead">
      <Who lead={lead} />
      <FaultNote fault={fault} again={again} stale pending={loading} />
      {mine ? <Deeds lead={lead} handoffId={lead.handoff?.handoff_id ?? ''} others={others} /> : <Gone lead={lead} />}
      <Asked lead={lead} />
      <WhyNow lead={lead} />
      <Learned lead={lead} mine={!!mine} />
      <Known lead={lead} />
    </article>
  );
}

function Gone({ lead }: { lead: Whole }) {
  return (
    <>
      <Empty title={words.gone.title} icon="flag" action={<LinkButton href={href(`/leads/${lead.lead_id}`)}>{words.gone.open}</LinkButton>}>
        {lead.handoff && OPEN.includes(lead.handoff.state) && lead.handoff.owner ? words.gone.has(lead.handoff.owner) : words.gone.detail}
      </Empty>
      <Unsent handoffId={lead.handoff?.handoff_id ?? ''} leadId={lead.lead_id} />
    </>
  );
}

function Who({ lead }: { lead: Whole | Row }) {
  const about = [lead.profile?.title, companyName(lead)].filter(Boolean).join(', ');
  return (
    <header class="inbox-who">
      <h2>{personName(lead)}</h2>
      {about && <p class="muted">{about}</p>}
      <p class="row">
        {lead.stage && lead.stage !== 'lead' && <Tag tone={lead.stage === 'sql' ? 'done' : 'accent'}>{labelOf(stages, lead.stage)}</Tag>}
        {lead.persona && 'counts' in lead.persona && lead.persona.counts && <Tag>{lead.persona.label}</Tag>}
      </p>
    </header>
  );
}

/** What is owed by when, and the buttons: the one that is due next stands out. */
function Deeds({ lead, handoffId, others }: { lead: Whole; handoffId: string; others: readonly Row[] }) {
  const accept = useDo('post', '/handoffs/{handoff_id}/accept');
  const asked = place.value.query.get('do');
  const form = asked && asked in FORMS ? (asked as FormName) : undefined;
  const offered = lead.handoff?.state === 'offered';
  const { phone, phone_e164 } = lead.profile;
  const call = phoneLink(phone_e164 ?? phone);
  const toForm = (name: FormName) => goWith({ do: name });
  const here = fromHere();
  const left = () => `${words.left(others.length)}${others.length ? nextDue(others, now.value) : '.'}`;
  const take = async () => {
    if (offered && (await accept.run({ path: { handoff_id: handoffId } }))) say(`${words.accepted} ${left()}`);
  };
  useKeys([
    ...(offered ? [{ key: 'a', words: words.actions.accept, run: () => void take() }] : []),
    { key: 'c', words: words.actions.contact, run: () => toForm('contact') },
    { key: 'p', words: words.actions.pass, run: () => toForm('pass') },
    { key: 'r', words: words.actions.giveBack, run: () => toForm('return') },
    { key: 'w', words: words.actions.close, run: () => toForm('close') },
  ]);
  const Form = form && FORMS[form];
  const deeds = useRef<HTMLDivElement>(null);
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!form) return undefined;
    const before = document.activeElement;
    room.current?.scrollIntoView({ block: 'nearest' });
    room.current?.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: true });
    return () => requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      const opener = deeds.current?.querySelector(`[aria-keyshortcuts="${KEYS[form]}"]`) ?? before;
      if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus();
      else focusDetail();
    });
  }, [form]);
  return (
    <div ref={deeds} class="inbox-deeds">
      <p class="inbox-step">
        <strong>{words.nextStep(lead.next_step.what)}</strong> {lead.next_step.by ? <><Due at={lead.next_step.by} lateAfter={lead.next_step.late_after} /> <span class="muted"><Time at={lead.next_step.by} /></span></> : <span class="muted">{words.noDeadline}</span>}
      </p>
      {lead.handoff?.next_step && lead.handoff.contact?.outcome !== 'reached' && <p class="muted">{lead.handoff.next_step}</p>}
      {lead.handoff?.contact?.next_at && Date.parse(lead.handoff.contact.next_at) > now.value && (
        <Note icon="clock">{words.contact.speak}: <Time at={lead.handoff.contact.next_at} /></Note>
      )}
      <div class="row inbox-buttons">
        {offered
          ? <Button kind="primary" keyName="a" pending={accept.pending} onClick={() => void take()}>{words.actions.accept}</Button>
          : <Button kind={form ? 'plain' : 'primary'} keyName="c" pressed={form === 'contact'} onClick={() => toForm('contact')}>{words.actions.contact}</Button>}
        {call && <LinkButton href={call} icon="phone" label={words.callNumber(phone ?? '')}>{phone}</LinkButton>}
        <LinkButton href={mailLink(lead.email)} icon="mail" label={words.mail}>{words.mail}</LinkButton>
        {offered && <Button keyName="c" pressed={form === 'contact'} onClick={() => toForm('contact')}>{words.actions.contact}</Button>}
        <Button keyName="p" pressed={form === 'pass'} onClick={() => toForm('pass')}>{words.actions.pass}</Button>
        <Button keyName="r" pressed={form === 'return'} onClick={() => toForm('return')}>{words.actions.giveBack}</Button>
        <Button keyName="w" pressed={form === 'close'} onClick={() => toForm('close')}>{words.actions.close}</Button>
      </div>
      {!call && <p class="muted small">{phone ? words.oddNumber(phone) : words.noNumber}</p>}
      <FaultNote fault={accept.fault} again={() => void take()} pending={accept.pending} />
      <div ref={room} class="inbox-room">{Form && <Form key={form} lead={lead} handoffId={handoffId} left={left} onClose={() => here.goWith({ do: undefined }, { replace: true })} />}</div>
    </div>
  );
}

/** What each form gets: the lead, what is left to say once it is done, and how to leave. */
export interface DeedForm {
  lead: Whole;
  handoffId: string;
  /** Returns `You have 3 more, the next is due in 1 h 12 min.` */
  left: () => string;
  onClose: () => void;
}

function Asked({ lead }: { lead: Whole }) {
  const { request } = lead;
  if (!request) return null;
  return (
    <Panel title={words.asked} level={3}>
      {request.message && <blockquote class="inbox-words pre">{request.message}</blockquote>}
      <p class="muted small">{words.askedBy(plainWords(request.form))}, <Time at={request.at} as="ago" />{(request.times ?? 1) > 1 && ` · ${words.times(request.times ?? 1)}`}</p>
    </Panel>
  );
}

function WhyNow({ lead }: { lead: Whole }) {
  const reasons = lead.handoff?.reasons ?? [];
  const recent = (lead.recent ?? []).slice(-6).reverse();
  return (
    <>
      {reasons.length > 0 && (
        <Panel title={words.whyNow} level={3}><ul class="inbox-reasons">{reasons.map((reason) => <li key={reason}><Said text={reason} /></li>)}</ul></Panel>
      )}
      {recent.length > 0 && (
        <Panel title={words.did} level={3}>
          <ul class="inbox-did">
            {recent.map((each, index) => (
              <li key={index}><span class="muted small"><Time at={each.at} as="ago" /></span><span>{plainWords(each.kind)}{each.content && <span class="muted"> · {each.content}</span>}</span></li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function Learned({ lead, mine }: { lead: Whole; mine: boolean }) {
  const contact = lead.handoff?.contact;
  const lacks = lead.qualification.sql.met ? [] : lead.qualification.sql.missing.map((each) => each.replace(NO_ANSWER, ''));
  const unknown = Object.entries(needs).filter(([need]) => !lead.bant[need]).map(([, label]) => label.toLowerCase());
  return (
    <Panel title={words.learned} level={3} actions={mine && <Button kind="quiet" onClick={() => goWith({ do: 'learn' })}>{words.actions.learn}</Button>}>
      <dl class="facts">
        {Object.entries(needs).map(([need, label]) => {
          const answer = lead.bant[need];
          return answer && (
            <div key={need}>
              <dt>{label}</dt>
              <dd>{answerWords(answer.value)} {answer.met !== null && <Tag tone={answer.met ? 'done' : 'soon'}>{answer.met ? words.goodEnough : words.notEnough}</Tag>}</dd>
            </div>
          );
        })}
      </dl>
      {unknown.some((need) => !lacks.includes(need)) && <p class="muted">{words.notKnown(unknown)}</p>}
      {lacks.length > 0 && <p class="muted">{words.missing(lacks)}</p>}
      {contact && (
        <Facts facts={[
          [words.contact.last, <>{[labelOf(outcomes, contact.outcome), labelOf(contactChannels, contact.channel)].filter(Boolean).join(', ')}, <Time at={contact.at} as="ago" /></>],
          [words.contact.tried, words.contact.attempts(lead.handoff?.attempts ?? 0)],
          [words.contact.noted, contact.note && <span class="pre">{contact.note}</span>],
        ]} />
      )}
    </Panel>
  );
}

function answerWords(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? words.contactForm.met.yes : words.contactForm.met.no) : String(value);
}

function Known({ lead }: { lead: Whole }) {
  const { profile, company, persona } = lead;
  const f = words.facts;
  return (
    <Panel title={words.known} level={3} actions={<LinkButton kind="quiet" icon="next" href={href(`/leads/${lead.lead_id}`)}>{words.everything}</LinkButton>}>
      <Facts facts={[
        [f.email, lead.email], [f.phone, profile.phone],
        [f.company, companyName(lead)], [f.industry, company.industry], [f.employees, company.employees_written ?? company.employees],
        [f.revenue, company.revenue_written ?? company.revenue], [f.country, countryName(company.country ?? profile.country)], [f.infrastructure, company.infrastructure],
        [f.persona, persona && words.persona(persona.label, persona.match)], [f.score, words.score(lead.score.total, lead.score.out_of)],
        [f.source, lead.source && plainWords(lead.source)], [f.campaign, lead.campaign], [f.language, profile.language],
      ]} />
    </Panel>
  );
}
