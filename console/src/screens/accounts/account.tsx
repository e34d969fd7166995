/** One account: who gets its alerts, its leads, what is said of it. */
import { useState } from 'preact/hooks';
import { accounts as words } from '#texts/accounts.ts';
import { useDo, useRead } from '../../api/index.ts';
import { personName } from '../../format/index.ts';
import { Button, Dialog, Due, Facts, FaultNote, Loading, Note, Panel, Tag, Time, say } from '../../parts/index.ts';
import { goWith, href } from '../../shell/place.ts';
import { AccountForm } from './account-form.tsx';

export function Account({ domain }: { domain: string }) {
  const { data, fault, loading, again } = useRead('/accounts/{domain}', { path: { domain } });
  if (!data) return fault?.kind === 'absent' ? <p>{words.absent}</p> : fault ? <FaultNote fault={fault} again={again} /> : loading ? <Loading label={domain} lines={6} /> : null;
  return (
    <div class="stack">
      <h1>{data.name ?? data.domain}</h1>
      {data.owner_gets_alerts && data.owner ? <Note tone="done" icon="check">{words.alerts(data.owner)}</Note> : <Note tone="soon" icon="warning">{words.noAlerts(data.why_not ?? words.noOwner)}</Note>}
      <Facts facts={[
        [words.domain, [data.domain, ...(data.domains ?? [])].join(' ')],
        [words.lastAlert, data.alerted_at ? <Time at={data.alerted_at} as="ago" /> : words.never],
      ]} />
      <Panel title={words.leads}><Leads domain={data.domain} /></Panel>
      <Panel title={words.form}><AccountForm account={data} /></Panel>
      <Removal domain={data.domain} name={data.name ?? data.domain} />
    </div>
  );
}

function Leads({ domain }: { domain: string }) {
  const { data, fault, loading, again } = useRead('/leads', { query: { account: domain } });
  return (
    <>
      <FaultNote fault={fault} again={again} stale={!!data} pending={loading} />
      {!data && loading && <Loading label={words.leads} lines={2} />}
      {data && !data.leads.length && <p class="muted">{words.noLeads}</p>}
      <ul class="accounts-leads">
        {data?.leads.map((lead) => (
          <li key={lead.lead_id} class="row">
            <a class="grow" href={href(`/leads/${lead.lead_id}`)}>{personName(lead)}</a>
            <Tag>{lead.labels.status}</Tag>
            {lead.clock && <span class="small"><Due at={lead.overdue_since ?? lead.clock.due_at} /></span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function Removal({ domain, name }: { domain: string; name: string }) {
  const [asked, setAsked] = useState(false);
  const remove = useDo('delete', '/accounts/{domain}', ['/accounts', '/leads']);
  const go = async () => {
    if (!(await remove.run({ path: { domain } }))) return;
    goWith({ account: undefined });
    say(words.removed);
  };
  return (
    <div class="row">
      <Button kind="danger" onClick={() => setAsked(true)}>{words.remove}</Button>
      {asked && (
        <Dialog title={words.removeTitle(name)} onClose={() => setAsked(false)}>
          <div class="stack">
            <p>{words.removeWords}</p>
            <FaultNote fault={remove.fault} again={() => void go()} pending={remove.pending} />
            <div class="row">
              <Button kind="danger" pending={remove.pending} onClick={() => void go()}>{words.remove}</Button>
              <Button kind="quiet" onClick={() => setAsked(false)}>{words.keep}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}
