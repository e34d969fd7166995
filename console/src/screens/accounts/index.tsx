/** The list of target accounts beside one of them. */
import { accounts as words } from '#texts/accounts.ts';
import { type Answer, useRead } from '../../api/index.ts';
import { Button, Empty, FaultNote, Head, List, Loading, Split, focusDetail } from '../../parts/index.ts';
import { goWith, place } from '../../shell/place.ts';
import { Account } from './account.tsx';
import { AccountList } from './account-list.tsx';
import { AccountForm } from './account-form.tsx';
import './accounts.css';

type Row = Answer<'/accounts'>['accounts'][number];
const [NEW, UPLOAD] = ['new', 'upload'];

export default function Accounts() {
  const { query } = place.value;
  const [domain, after] = [query.get('account') ?? undefined, query.get('after')];
  const { data, fault, loading, again } = useRead('/accounts', { query: after ? { cursor: after } : {} });
  const rows = data?.accounts ?? [];
  const at = rows.findIndex((each) => each.domain === domain);
  const choose = (one: string | undefined) => goWith({ account: one });
  const step = (index: number) => (rows[index] ? () => choose(rows[index]?.domain) : undefined);
  return (
    <Split label={domain ?? words.list} onBack={() => choose(undefined)} onPrevious={step(at - 1)} onNext={at < 0 ? undefined : step(at + 1)}
      {...(at < 0 ? {} : { at: at + 1, of: rows.length })}
      list={
        <>
          <div class="accounts-head stack">
            <Head title={words.title} about={words.about} />
            <div class="row"><Button onClick={() => choose(NEW)}>{words.add}</Button><Button kind="quiet" onClick={() => choose(UPLOAD)}>{words.upload}</Button></div>
            <FaultNote fault={fault} again={again} stale={!!data} pending={loading} />
            {!data && loading && <Loading label={words.list} lines={6} />}
            {data && !rows.length && !after && <Empty icon="building" title={words.empty.title}>{words.empty.detail}</Empty>}
          </div>
          {after && <Button kind="quiet" onClick={() => goWith({ after: undefined })}>{words.first}</Button>}
          <List label={words.list} rows={rows} idOf={(row) => row.domain} selected={domain} onSelect={choose} onOpen={focusDetail}
            to={(row) => `/accounts?${new URLSearchParams({ ...(after ? { after } : {}), account: row.domain })}`}
            onMore={data?.cursor ? () => goWith({ after: data.cursor ?? undefined }) : undefined}>
            {(row) => <AccountRow account={row} />}
          </List>
        </>
      }
      detail={domain === undefined ? undefined : domain === NEW ? <NewAccount onDone={choose} /> : domain === UPLOAD ? <AccountList /> : <Account key={domain} domain={domain} />}
      empty={<Empty icon="building" title={words.choose.title}>{words.choose.detail}</Empty>} />
  );
}

function AccountRow({ account }: { account: Row }) {
  return (
    <>
      <span>{account.name ?? account.domain}</span>
      <span class="small muted accounts-about">
        {[account.name && account.domain, account.owner ?? words.noOwner, account.target === false && words.off].filter(Boolean).join(' · ')}
      </span>
    </>
  );
}

function NewAccount({ onDone }: { onDone: (domain: string) => void }) {
  return <div class="stack"><h1>{words.add}</h1><AccountForm onDone={onDone} /></div>;
}
