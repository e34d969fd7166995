/** One person of a team: whether mail reaches them, what is agreed for them, their leave, and how they leave the team. */
import { roster as words } from '#texts/roster.ts';
import { useDo } from '../../api/index.ts';
import { AskFirst, Both, Button, Facts, FaultNote, Field, Panel, Said, Tag, Time, say } from '../../parts/index.ts';
import { clashes, type Typed, without } from '../../shell/clashes.ts';
import { useDraft } from '../../shell/drafts.ts';
import { fromHere, href } from '../../shell/place.ts';
import type { Rep } from './index.tsx';
import { Leave } from './leave.tsx';
import { type Terms, TermFields, changed, shown, termsOf } from './terms.tsx';

const CHANGES = ['/teams', '/leads', '/me'];
const NOTHING_TYPED: Typed<Terms> = { terms: {} };

export function Person({ rep, team }: { rep: Rep; team: string }) {
  const subscription = rep.subscription ?? 'pending';
  const [held, isManager] = [rep.open_handoffs ?? 0, rep.role === 'manager'];
  return (
    <div class="stack">
      <div class="row">
        <h1 class="grow">{rep.email}</h1>
        <Tag tone={subscription === 'confirmed' ? 'done' : 'soon'}>{words.subscriptions[subscription]}</Tag>
      </div>
      {rep.why_not && <p class="muted"><Said text={rep.why_not} /></p>}
      <Facts facts={[
        [words.holds, isManager && !held ? undefined : held ? <a href={href(`/board?${new URLSearchParams({ team, who: rep.email })}`)}>{words.load(held, rep.capacity ?? 0)}</a> : words.load(0, rep.capacity ?? 0)],
        [words.last, isManager && !rep.last_offered_at ? undefined : rep.last_offered_at ? <Time at={rep.last_offered_at} as="ago" /> : words.none],
      ]} />
      {subscription !== 'confirmed' && <Confirmation rep={rep} team={team} />}
      <Panel title={words.leave}><Leave rep={rep} team={team} /></Panel>
      <Panel title={words.terms}><TermsForm rep={rep} team={team} /></Panel>
      <Removal rep={rep} team={team} />
    </div>
  );
}

function TermsForm({ rep, team }: { rep: Rep; team: string }) {
  const patch = useDo('patch', '/teams/{team}/reps/{email}', CHANGES);
  const before = termsOf(rep);
  const [typed, keep, done] = useDraft<Typed<Terms>>(`terms:${team}:${rep.email}`, NOTHING_TYPED);
  const terms = { ...before, ...typed.terms };
  const differing = clashes(typed, before);
  const change = (some: Partial<Terms>) => keep({ terms: { ...typed.terms, ...some }, from: typed.from ?? before });
  const settle = (which: Partial<Terms>) => {
    patch.clear();
    keep({ terms: which, from: before });
  };
  const save = async () => {
    if (differing.length) return;
    const saved = await patch.run({ path: { team, email: rep.email }, body: { ...changed(terms, before), if_still: changed(before, terms) } });
    if (!saved) return;
    done();
    say(words.saved);
  };
  return (
    <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <TermFields terms={terms} change={change} fault={patch.fault} />
      {differing.length
        ? <Both fields={differing.map((each) => ({ name: words[each], mine: shown(each, terms), theirs: shown(each, before) }))} onMine={() => settle(typed.terms)} onTheirs={() => settle(without(typed.terms, differing))} />
        : <FaultNote fault={patch.fault} again={() => void save()} pending={patch.pending} />}
      <div class="row"><Button kind="primary" type="submit" pending={patch.pending} disabled={differing.length > 0}>{words.save}</Button></div>
    </form>
  );
}

/** Proves an address by the link of Amazon's mail, so that no click can end the mail. */
function Confirmation({ rep, team }: { rep: Rep; team: string }) {
  const confirm = useDo('post', '/teams/{team}/reps/{email}/confirmation', CHANGES);
  const [typed, change, done] = useDraft(`confirm:${team}:${rep.email}`, { link: '' });
  const send = async () => {
    if (!(await confirm.run({ path: { team, email: rep.email }, body: typed }))) return;
    done();
    say(words.confirmed);
  };
  return (
    <Panel title={words.confirm}>
      <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <Field label={words.link} hint={words.confirmHint} required maxLength={2000} value={typed.link} onInput={(link) => change({ link })} fault={confirm.of('link')} />
        <FaultNote fault={confirm.fault} again={() => void send()} pending={confirm.pending} />
        <div class="row"><Button type="submit" pending={confirm.pending}>{words.confirmIt}</Button></div>
      </form>
    </Panel>
  );
}

function Removal({ rep, team }: { rep: Rep; team: string }) {
  const remove = useDo('delete', '/teams/{team}/reps/{email}', [...CHANGES, '/leads']);
  const run = async () => {
    const here = fromHere();
    const removed = await remove.run({ path: { team, email: rep.email } });
    if (!removed) return;
    here.goWith({ who: undefined });
    say(words.removed(removed.passed_on, removed.waiting, removed.to_follow));
  };
  return (
    <AskFirst deed={words.remove} title={words.removeTitle(rep.email)} keep={words.keep} pending={remove.pending} fault={remove.fault} onDo={() => void run()}>
      {words.removeWords(rep.open_handoffs ?? 0)}
    </AskFirst>
  );
}
