/** Adds somebody to a team. */
import { roster as words } from '#texts/roster.ts';
import { useDo } from '../../api/index.ts';
import { Button, FaultNote, Field, say } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import { fromHere } from '../../shell/place.ts';
import type { Rep } from './index.tsx';
import { TermFields, USUAL, changed } from './terms.tsx';

export function NewPerson({ team, people }: { team: string; people: readonly Rep[] }) {
  const put = useDo('put', '/teams/{team}/reps/{email}', ['/teams', '/leads', '/set-up']);
  const [typed, change, done] = useDraft(`roster:${team}`, { email: '', ...USUAL });
  const address = typed.email.trim().toLowerCase();
  const isThere = people.some((each) => each.email === address);
  const add = async () => {
    if (isThere) return;
    const here = fromHere();
    const { email, ...terms } = typed;
    const added = await put.run({ path: { team, email: email.trim() }, body: changed(terms, USUAL) });
    if (!added) return;
    done();
    here.goWith({ who: added.email });
    say(words.added);
  };
  return (
    <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); void add(); }}>
      <h1>{words.add}</h1>
      <Field label={words.email} type="email" required maxLength={254} autoComplete="off" value={typed.email} onInput={(email) => change({ email })} fault={isThere ? words.isThere : put.of('email')} />
      <TermFields terms={typed} change={change} fault={put.fault} />
      <FaultNote fault={put.fault} again={() => void add()} pending={put.pending} />
      <div class="row"><Button kind="primary" type="submit" pending={put.pending}>{words.add}</Button></div>
    </form>
  );
}
