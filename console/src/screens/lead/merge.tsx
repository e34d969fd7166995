import { useState } from 'preact/hooks';
import { person as words } from '#texts/lead.ts';
import { Fault, readOnce, type Schema, useDo } from '../../api/index.ts';
import { companyName, personName } from '../../format/index.ts';
import { Button, Dialog, FaultNote, Field, Meanwhile, say, Table, Time } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import { fromHere } from '../../shell/place.ts';
import type { LeadView } from './ledger.ts';

type Row = Schema<'LeadSummary'>;

/** Says that two leads are one person: both side by side, which one stays, and how that is known. */
export default function Merge({ lead, onClose }: { lead: LeadView; onClose: () => void }) {
  const [draft, change, done] = useDraft(`merge:${lead.lead_id}`, { typed: '', reason: '' });
  const [found, setFound] = useState<readonly Row[] | undefined>();
  const [other, setOther] = useState<Row | undefined>();
  const [turned, setTurned] = useState(false);
  const [fault, setFault] = useState<Fault | undefined>();
  const merge = useDo('post', '/leads/{lead_id}/merge');
  const find = async (event: Event) => {
    event.preventDefault();
    setFault(undefined);
    setOther(undefined);
    try {
      const typed = draft.typed.trim();
      const { leads } = await readOnce('/leads', { query: typed.includes('@') ? { email: typed } : { q: typed, limit: 10 } });
      setFound(leads.filter((each) => each.lead_id !== lead.lead_id));
    } catch (failure) {
      setFault(failure instanceof Fault ? failure : new Fault('other'));
    }
  };
  const [stays, joins] = turned && other ? [other.lead_id, lead.lead_id] : [lead.lead_id, other?.lead_id ?? ''];
  const send = async (event: Event) => {
    event.preventDefault();
    const here = fromHere();
    if (!(await merge.run({ path: { lead_id: stays }, body: { other: joins, reason: draft.reason.trim() || null } }))) return;
    done();
    say(words.mergeDone);
    onClose();
    if (turned) here.go(`/leads/${stays}`);
  };
  return (
    <Dialog title={words.mergeTitle} onClose={onClose} wide>
      <form class="row" onSubmit={find}>
        <div class="grow"><Field type="search" label={words.mergeSearch} hint={words.mergeHint} value={draft.typed} onInput={(typed) => change({ typed })} required autoFocus /></div>
        <Button type="submit">{words.mergeFind}</Button>
      </form>
      <FaultNote fault={fault} />
      {found && !other && (found.length ? (
        <ul class="lead-lines">
          {found.map((each) => (
            <li key={each.lead_id}>
              <span class="grow">{personName(each)} <span class="small muted">{[companyName(each), each.email, each.labels.status].filter(Boolean).join(' · ')}</span></span>
              <Button onClick={() => setOther(each)} label={`${words.choose}: ${personName(each)}, ${each.email}`}>{words.choose}</Button>
            </li>
          ))}
        </ul>
      ) : <p class="muted">{words.mergeNone}</p>)}
      {other && (
        <form class="stack" onSubmit={send}>
          <Both lead={lead} other={other} turned={turned} />
          <p class="muted">{words.mergeAbout}</p>
          <Field label={words.mergeReason} value={draft.reason} onInput={(reason) => change({ reason })} maxLength={500} fault={merge.of('reason')} />
          <Meanwhile lead={lead} />
          <FaultNote fault={merge.fault} />
          <div class="row">
            <Button kind="primary" type="submit" pending={merge.pending}>{words.mergeNow}</Button>
            <Button onClick={() => { setTurned(!turned); merge.clear(); }}>{words.mergeTurn}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Both({ lead, other, turned }: { lead: LeadView; other: Row; turned: boolean }) {
  const sides = [
    { ...lead, about: companyName(lead), score: lead.score.total, owner: lead.handoff?.owner, status: lead.labels.status },
    { ...other, about: companyName(other), score: other.score?.total, owner: other.handoff?.owner, status: other.labels.status },
  ] as const;
  const rows = [
    { name: words.email, values: sides.map((each) => each.email) },
    { name: words.company, values: sides.map((each) => each.about) },
    { name: words.status, values: sides.map((each) => each.status) },
    { name: words.score, values: sides.map((each) => each.score) },
    { name: words.owner, values: sides.map((each) => each.owner) },
    { name: words.updated, values: sides.map((each) => <Time at={each.updated_at} />) },
  ];
  const heads = sides.map((each, at) => `${personName(each)} · ${turned === (at === 1) ? words.stays : words.joins}`);
  return (
    <Table caption={words.mergeTitle} hideCaption rows={rows} idOf={(row) => row.name}
      columns={[{ name: '', cell: (row) => row.name }, ...heads.map((name, at) => ({ name, cell: (row: (typeof rows)[number]) => row.values[at] ?? '' }))]} />
  );
}
