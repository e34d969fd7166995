/** Adds somebody to a team. */
import { roster as words } from '#texts/roster.ts';
import { useDo } from '../../api/index.ts';
import { Both, Button, FaultNote, Field, say } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import { fromHere, goWith } from '../../shell/place.ts';
import type { Rep } from './index.tsx';
import { TermFields, type Terms, USUAL, changed, shown, termsOf } from './terms.tsx';

export function NewPerson({ team, people }: { team: string; people: readonly Rep[] }) {
  const put = useDo('put', '/teams/{team}/reps/{email}', ['/teams', '/leads', '/set-up']);
  const [typed, change, done] = useDraft(`roster:${team}`, { email: '', ...USUAL });
  const address = typed.email.trim().toLowerCase();
  const there = people.find((each) => each.email === address);
  const add = async () => {
    if (there) return;
    const here = fromHere();
    const { email, ...terms } = typed;
    const added = await put.run({ path: { team, email: email.trim() }, body: changed(terms, USUAL) }, { onlyIfNew: true });
    if (!added) return;
    done();
    here.goWith({ who: added.email });
    say(words.added);
  };
  return (
    <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); void add(); }}>
      <h1>{words.add}</h1>
      <Field label={words.email} type="email" required maxLength={254} autoComplete="off" value={typed.email} onInput={(email) => change({ email })} fault={there && !put.fault ? words.isThere : put.of('email')} />
      <TermFields terms={typed} change={change} fault={put.fault} />
      {there && put.fault?.kind === 'conflict'
        ? <TwiceAdded team={team} typed={typed} there={there} onSettled={done} />
        : <FaultNote fault={put.fault} again={() => void add()} pending={put.pending} />}
      <div class="row"><Button kind="primary" type="submit" pending={put.pending}>{words.add}</Button></div>
    </form>
  );
}

/** A colleague added the same person meanwhile: what both agreed for them, and whose shall stand. */
function TwiceAdded({ team, typed, there, onSettled }: { team: string; typed: Terms; there: Rep; onSettled: () => void }) {
  const patch = useDo('patch', '/teams/{team}/reps/{email}', ['/teams', '/leads', '/me']);
  const theirs = termsOf(there);
  const other = (Object.keys(USUAL) as (keyof Terms)[]).filter((each) => typed[each] !== theirs[each]);
  const said = other.filter((each) => typed[each] !== USUAL[each]);
  const settle = () => {
    onSettled();
    goWith({ who: there.email });
  };
  const mine = async () => {
    const differing = changed({ ...theirs, ...Object.fromEntries(other.map((each) => [each, typed[each]])) }, theirs);
    if (await patch.run({ path: { team, email: there.email }, body: { ...differing, if_still: changed(theirs, typed) } })) settle();
  };
  return (
    <>
      <Both fields={(said.length ? said : other).map((each) => ({ name: words[each], mine: shown(each, typed) || words.usual, theirs: shown(each, theirs) }))} onMine={() => void mine()} onTheirs={settle} />
      <FaultNote fault={patch.fault} again={() => void mine()} pending={patch.pending} />
    </>
  );
}
