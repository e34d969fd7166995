/** One account: who gets its alerts, its leads, what is said of it. */
import { accounts as words } from '#texts/accounts.ts';
import { type Schema, useDo, useRead } from '../../api/index.ts';
import { personName } from '../../format/index.ts';
import { AskFirst, ClockDue, Facts, FaultNote, Loading, Note, Panel, Said, Tag, Time, say } from '../../parts/index.ts';
import { fromHere, href } from '../../shell/place.ts';
import { AccountForm } from './account-form.tsx';
import { bodyOf, termsOf } from './terms.ts';

export function Account({ domain }: { domain: string }) {
  const { data, fault, loading, again } = useRead('/accounts/{domain}', { path: { domain } });
  if (!data) return fault?.kind === 'absent' ? <p>{words.absent}</p> : fault ? <FaultNote fault={fault} again={again} /> : loading ? <Loading label={domain} lines={6} /> : null;
  return (
    <div class="stack">
      <h1>{data.name ?? data.domain}</h1>
      {data.owner_gets_alerts && data.owner ? <Note tone="done" icon="check">{words.alerts(data.owner)}</Note> : <Note tone="soon" icon="warning"><Said text={words.noAlerts(data.why_not ?? words.noOwner)} /></Note>}
      <Facts facts={[
        [words.domain, [data.domain, ...(data.domains ?? [])].join(' ')],
        [words.lastAlert, data.alerted_at ? <Time at={data.alerted_at} as="ago" /> : words.never],
      ]} />
      <Panel title={words.leads}><Leads domain={data.domain} /></Panel>
      <Panel title={words.form}><AccountForm account={data} /></Panel>
      <Removal account={data} />
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
            {lead.clock && <span class="small"><ClockDue of={lead} /></span>}
          </li>
        ))}
      </ul>
      {data?.cursor && <p><a href={href(`/leads?${new URLSearchParams({ account: domain })}`)}>{words.allLeads}</a></p>}
    </>
  );
}

function Removal({ account }: { account: Schema<'ListedAccount'> }) {
  const { domain, name } = account;
  const remove = useDo('delete', '/accounts/{domain}', ['/accounts', '/leads']);
  const put = useDo('put', '/accounts/{domain}', ['/accounts', '/leads']);
  const run = async () => {
    const here = fromHere();
    if (!(await remove.run({ path: { domain } }))) return;
    here.goWith({ account: undefined });
    say(words.removed, () => void put.run({ path: { domain }, body: bodyOf(termsOf(account), 0) }));
  };
  return (
    <AskFirst deed={words.remove} title={words.removeTitle(name ?? domain)} keep={words.keep} pending={remove.pending} fault={remove.fault} onDo={() => void run()}>
      {words.removeWords}
    </AskFirst>
  );
}
