/** What is said of an account; without one, of a new one. */
import { accounts as words } from '#texts/accounts.ts';
import { type Schema, useDo } from '../../api/index.ts';
import { Button, Check, FaultNote, Field, say } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';

export function AccountForm({ account, onDone }: { account?: Schema<'ListedAccount'>; onDone?: (domain: string) => void }) {
  const put = useDo('put', '/accounts/{domain}', ['/accounts', '/leads']);
  const before = {
    domain: account?.domain ?? '',
    name: account?.name ?? '',
    owner: account?.owner ?? '',
    target: account?.target ?? true,
    domains: (account?.domains ?? []).join(' '),
    quiet: account?.quiet_for ?? '',
  };
  const [changed, change, done] = useDraft<Partial<typeof before>>(`account:${account?.domain ?? ''}`, {});
  const typed = { ...before, ...changed };
  const save = async () => {
    const saved = await put.run({
      path: { domain: domainOf(typed.domain) },
      body: {
        ...(typed.name ? { name: typed.name } : {}),
        ...(typed.owner ? { owner: typed.owner } : {}),
        ...(typed.quiet ? { quiet_for: typed.quiet } : {}),
        target: typed.target,
        domains: typed.domains.split(/\s+/).filter(Boolean),
      },
    });
    if (!saved) return;
    done();
    say(account ? words.saved : words.added);
    onDone?.(saved.domain);
  };
  return (
    <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      {!account && <Field label={words.domain} hint={words.domainHint} required maxLength={300} value={typed.domain} onInput={(domain) => change({ domain })} fault={put.of('domain')} />}
      <Field label={words.name} maxLength={200} value={typed.name} onInput={(name) => change({ name })} fault={put.of('name')} />
      <Field label={words.owner} hint={words.ownerHint} type="email" maxLength={254} value={typed.owner} onInput={(owner) => change({ owner })} fault={put.of('owner')} />
      <Check label={words.target} hint={words.targetHint} checked={typed.target} onChange={(target) => change({ target })} />
      <Field label={words.domains} hint={words.domainsHint} value={typed.domains} onInput={(domains) => change({ domains })} fault={put.of('domains')} />
      <Field label={words.quiet} hint={words.quietHint} maxLength={10} value={typed.quiet} onInput={(quiet) => change({ quiet })} fault={put.of('quiet_for')} />
      <FaultNote fault={put.fault} again={() => void save()} pending={put.pending} />
      <div class="row"><Button kind="primary" type="submit" pending={put.pending}>{account ? words.save : words.add}</Button></div>
    </form>
  );
}

/** The domain in what was typed: of a web address its host. */
function domainOf(typed: string): string {
  const said = typed.trim();
  try {
    return new URL(said.includes('://') ? said : `https://${said}`).hostname || said;
  } catch {
    return said;
  }
}
