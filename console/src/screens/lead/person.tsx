import { useState } from 'preact/hooks';
import { acts, person as words } from '#texts/lead.ts';
import { Fault, readOnce, useDo } from '../../api/index.ts';
import { Button, Dialog, FaultNote, Field, Meanwhile, Panel, say, Tag, Time } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import { person } from '../../session/session.ts';
import { fromHere } from '../../shell/place.ts';
import { Lazy } from './lazy.tsx';
import type { LeadView } from './ledger.ts';
import { saveFile } from './save-file.ts';

const merging = () => import('./merge.tsx');

/** Who the person is to us: addresses, other leads of theirs, consents, and what they may ask for. */
export default function Person({ lead, past }: { lead: LeadView; past: boolean }) {
  return (
    <>
      <Addresses lead={lead} past={past} />
      <Merged lead={lead} past={past} />
      <Consents lead={lead} past={past} />
      {!past && <><Export lead={lead} /><Erase lead={lead} /></>}
    </>
  );
}

interface Shown {
  lead: LeadView;
  past: boolean;
}

function Addresses({ lead, past }: Shown) {
  const [draft, type, done] = useDraft(`address:${lead.lead_id}`, { email: '' });
  const choose = useDo('put', '/leads/{lead_id}/address');
  const send = async (email: string) => {
    const chosen = await choose.run({ path: { lead_id: lead.lead_id }, body: { email } });
    if (!chosen) return;
    done();
    say(words.addressSaved(chosen.email));
  };
  return (
    <Panel title={words.addresses}>
      <ul class="lead-lines">
        {lead.emails.map((email) => (
          <li key={email}>
            <span class="grow">{email}</span>
            {email === lead.email ? <Tag tone="accent">{words.writtenTo}</Tag> : !past && <Button kind="quiet" pending={choose.pending} onClick={() => void send(email)}>{words.writeTo}</Button>}
          </li>
        ))}
      </ul>
      <FaultNote fault={choose.of('email') ? undefined : choose.fault} />
      {!past && (
        <details>
          <summary>{words.correct}</summary>
          <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); void send(draft.email); }}>
            <Field type="email" label={words.address} hint={words.addressHint} value={draft.email} onInput={(email) => type({ email })} required fault={choose.of('email')} autoComplete="off" />
            {draft.email && <Meanwhile lead={lead} />}
            <div class="row"><Button type="submit" pending={choose.pending}>{words.saveAddress}</Button></div>
          </form>
        </details>
      )}
    </Panel>
  );
}

function Merged({ lead, past }: Shown) {
  const [open, setOpen] = useState(false);
  const unmerge = useDo('post', '/leads/{lead_id}/unmerge');
  const undo = async (id: string) => {
    if (await unmerge.run({ path: { lead_id: id }, body: {} })) say(words.unmerged);
  };
  return (
    <Panel title={words.merged} actions={!past && <Button onClick={() => setOpen(true)}>{words.merge}</Button>}>
      {lead.merged.length ? (
        <ul class="lead-lines">
          {lead.merged.map((part) => (
            <li key={part.lead_id}>
              <span class="grow">{part.email ?? part.lead_id}</span>
              {!past && <Button kind="quiet" pending={unmerge.pending} onClick={() => void undo(part.lead_id)}>{words.unmerge}</Button>}
            </li>
          ))}
        </ul>
      ) : <p class="muted">{words.noneMerged}</p>}
      <FaultNote fault={unmerge.fault} />
      {open && <Lazy load={merging} with={{ lead, onClose: () => setOpen(false) }} />}
    </Panel>
  );
}

function Consents({ lead, past }: Shown) {
  const update = useDo('patch', '/leads/{lead_id}');
  const all = Object.entries(lead.consents ?? {});
  const withdraw = async (purpose: string) => {
    if (await update.run({ path: { lead_id: lead.lead_id }, body: { consents: { [purpose]: null } } })) say(words.withdrawnNow);
  };
  return (
    <Panel title={words.consents}>
      {!all.length && <p class="muted">{words.noConsents}</p>}
      <ul class="lead-lines">
        {all.map(([purpose, consent]) => (
          <li key={purpose}>
            <span class="grow">
              {purpose.replaceAll('_', ' ')} <Tag tone={!consent.given ? 'late' : consent.claimed ? 'soon' : 'done'}>{!consent.given ? words.withdrawn : consent.claimed ? words.claimed : words.given}</Tag>
              <span class="small muted lead-said">{consent.source}, <Time at={consent.at} />{consent.text && ` · ${words.version(consent.text)}`}{consent.page && ` · ${consent.page}`}</span>
            </span>
            {consent.given && !past && <Button kind="quiet" pending={update.pending} onClick={() => void withdraw(purpose)}>{words.withdraw}</Button>}
          </li>
        ))}
      </ul>
      <FaultNote fault={update.fault} />
    </Panel>
  );
}

function Export({ lead }: { lead: LeadView }) {
  const [parts, setParts] = useState<number | undefined>();
  const [fault, setFault] = useState<Fault | undefined>();
  const make = async () => {
    setFault(undefined);
    try {
      saveFile(`baton-${lead.lead_id}.json`, 'application/json', JSON.stringify(await exported(lead.lead_id, setParts), null, 2));
      say(words.exported);
    } catch (failure) {
      setFault(failure instanceof Fault ? failure : new Fault('other'));
    }
    setParts(undefined);
  };
  return (
    <Panel title={words.export}>
      <p class="muted">{words.exportAbout}</p>
      <div class="row">
        <Button pending={parts !== undefined} onClick={() => void make()}>{words.exportNow}</Button>
        {parts !== undefined && <span class="small muted" role="status">{words.exporting(parts)}</span>}
      </div>
      <FaultNote fault={fault} again={() => void make()} />
    </Panel>
  );
}

/** Returns the whole export: its parts with their lists joined. */
async function exported(lead_id: string, told: (parts: number) => void): Promise<Record<string, unknown>> {
  const whole: Record<string, unknown> = {};
  let cursor: string | undefined;
  for (let parts = 0; ; parts++) {
    told(parts);
    const part: Record<string, unknown> = { ...(await readOnce('/leads/{lead_id}/export', { path: { lead_id }, query: { cursor } })) };
    for (const [name, value] of Object.entries(part)) {
      const before = whole[name];
      whole[name] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : (before ?? value);
    }
    cursor = typeof part.cursor === 'string' ? part.cursor : undefined;
    if (!cursor) return { ...whole, cursor: undefined };
  }
}

function Erase({ lead }: { lead: LeadView }) {
  const may = person.value.groups.includes('admin');
  const [open, setOpen] = useState(false);
  return (
    <Panel title={words.erase} actions={may && <Button kind="danger" onClick={() => setOpen(true)}>{words.erase}</Button>}>
      <p class="muted">{words.eraseAbout}{!may && ` ${words.eraseAsk}`}</p>
      {open && <EraseForm lead={lead} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function EraseForm({ lead, onClose }: { lead: LeadView; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const erase = useDo('delete', '/leads/{lead_id}');
  const send = async (event: Event) => {
    event.preventDefault();
    if (typed.trim().toLowerCase() !== lead.email.toLowerCase()) return setWrong(true);
    const here = fromHere();
    if (!(await erase.run({ path: { lead_id: lead.lead_id } }))) return;
    say(words.erased);
    onClose();
    here.go('/leads');
  };
  return (
    <Dialog title={words.eraseTitle} onClose={onClose}>
      <form class="stack" onSubmit={send}>
        <p>{words.eraseAbout}</p>
        <Field label={words.eraseType(lead.email)} value={typed} onInput={(value) => { setTyped(value); setWrong(false); }} required autoFocus autoComplete="off" fault={wrong ? words.eraseMismatch : undefined} />
        <Meanwhile lead={lead} />
        <FaultNote fault={erase.fault} />
        <div class="row"><Button kind="danger" type="submit" pending={erase.pending}>{words.eraseNow}</Button><Button onClick={onClose}>{acts.cancel}</Button></div>
      </form>
    </Dialog>
  );
}
