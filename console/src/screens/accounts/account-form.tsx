/** What is said of an account; without one, of a new one. */
import { useState } from 'preact/hooks';
import { accounts as words } from '#texts/accounts.ts';
import { type Schema, useDo } from '../../api/index.ts';
import { Both, Button, Check, FaultNote, Field, say } from '../../parts/index.ts';
import { clashes, type Typed, without } from '../../shell/clashes.ts';
import { useDraft } from '../../shell/drafts.ts';
import { bodyOf, NOTHING_TYPED, termsOf, type Terms } from './terms.ts';

type Account = Schema<'ListedAccount'>;

export function AccountForm({ account: read, onDone }: { account?: Account; onDone?: (domain: string) => void }) {
  const put = useDo('put', '/accounts/{domain}', ['/accounts', '/leads']);
  const [saved, setSaved] = useState<Account>();
  const account = saved && read && (saved.version ?? 0) > (read.version ?? 0) ? saved : read;
  const [typed, keep, done] = useDraft<Typed<Terms> & { domain?: string }>(`account:${account?.domain ?? ''}`, NOTHING_TYPED);
  const before = termsOf(account);
  const terms = { ...before, ...typed.terms };
  const domain = typed.domain ?? account?.domain ?? '';
  const differing = clashes(typed, before);
  const change = (some: Partial<Terms>) => keep({ terms: { ...typed.terms, ...some }, from: typed.from ?? before });
  const settle = (which: Partial<Terms>) => {
    put.clear();
    keep({ terms: which, from: before });
  };
  const save = async () => {
    if (differing.length) return;
    const now = await put.run({ path: { domain: domainOf(domain) }, body: bodyOf(terms, account?.version ?? 0) });
    if (!now) return;
    done();
    setSaved(now);
    say(account ? words.saved : words.added);
    onDone?.(now.domain);
  };
  return (
    <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      {!account && <Field label={words.domain} hint={words.domainHint} required maxLength={300} value={domain} onInput={(one) => keep({ domain: one })} fault={put.of('domain')} />}
      <Field label={words.name} maxLength={200} value={terms.name} onInput={(name) => change({ name })} fault={put.of('name')} />
      <Field label={words.owner} hint={words.ownerHint} type="email" maxLength={254} value={terms.owner} onInput={(owner) => change({ owner })} fault={put.of('owner')} />
      <Check label={words.target} hint={words.targetHint} checked={terms.target} onChange={(target) => change({ target })} />
      <Field label={words.domains} hint={words.domainsHint} value={terms.domains} onInput={(domains) => change({ domains })} fault={put.of('domains')} />
      <Field label={words.quiet} hint={words.quietHint} maxLength={10} value={terms.quiet} onInput={(quiet) => change({ quiet })} fault={put.of('quiet_for')} />
      {differing.length
        ? <Both fields={differing.map((each) => ({ name: words[each], mine: shown(terms[each]), theirs: shown(before[each]) }))} onMine={() => settle(typed.terms)} onTheirs={() => settle(without(typed.terms, differing))} />
        : <FaultNote fault={put.fault} again={() => void save()} pending={put.pending} />}
      <div class="row"><Button kind="primary" type="submit" pending={put.pending} disabled={differing.length > 0}>{account ? words.save : words.add}</Button></div>
    </form>
  );
}

const shown = (value: string | boolean) => (typeof value === 'boolean' ? (value ? words.yes : words.no) : value);

/** The domain in what was typed: of a web address its host. */
function domainOf(typed: string): string {
  const said = typed.trim();
  try {
    return new URL(said.includes('://') ? said : `https://${said}`).hostname || said;
  } catch {
    return said;
  }
}
