/** When somebody is away: what is noted, and two dates for more. */
import { roster as words } from '#texts/roster.ts';
import { useDo } from '../../api/index.ts';
import { dayWords } from '../../format/index.ts';
import { Button, FaultNote, Field, say } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import { href } from '../../shell/place.ts';
import type { Rep } from './index.tsx';

type Absence = NonNullable<Rep['away']>[number];

export function Leave({ rep, team }: { rep: Rep; team: string }) {
  const change = useDo('patch', '/teams/{team}/reps/{email}', ['/teams', '/leads', '/me']);
  const [typed, type, done] = useDraft(`leave:${team}:${rep.email}`, { from: '', to: '', why: '' });
  const path = { team, email: rep.email };
  const away = rep.away ?? [];
  const note = async () => {
    const { from, to, why } = typed;
    const leave = { from, to: to || from, ...(why ? { why } : {}) };
    if (!(await change.run({ path, body: { add_away: [leave] } }))) return;
    done();
    say(words.noted, () => void change.run({ path, body: { remove_away: [{ from, to: leave.to }] } }));
  };
  const forget = async (leave: Absence) => {
    const { from, to } = leave;
    if (await change.run({ path, body: { remove_away: [{ from, to }] } })) say(words.forgotten, () => void change.run({ path, body: { add_away: [leave] } }));
  };
  const fault = (name: string) => change.of(`add_away.0.${name}`) ?? change.of(name);
  return (
    <div class="stack">
      {!away.length && <p class="muted">{words.noLeave}</p>}
      <ul class="roster-away">
        {away.map((each) => {
          const span = words.span(dayWords(each.from), dayWords(each.to));
          return (
            <li key={span} class="row">
              <span class="grow">{span}{each.why && <span class="muted"> · {each.why}</span>}</span>
              <Button kind="quiet" label={words.forgetOne(span)} onClick={() => void forget(each)}>{words.forget}</Button>
            </li>
          );
        })}
      </ul>
      <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); void note(); }}>
        <div class="row roster-dates">
          <Field label={words.from} type="date" required value={typed.from} onInput={(from) => type({ from })} fault={fault('from')} />
          <Field label={words.to} type="date" min={typed.from} value={typed.to} onInput={(to) => type({ to })} fault={fault('to')} />
        </div>
        <Field label={words.why} hint={words.whyHint} maxLength={200} value={typed.why} onInput={(why) => type({ why })} fault={fault('why')} />
        <p class="hint">{words.leaveHint}{!!rep.open_handoffs && <> {words.leaveHeld(rep.open_handoffs)} <a href={href(`/board?${new URLSearchParams({ team, who: rep.email })}`)}>{words.toBoard}</a></>}</p>
        <FaultNote fault={change.fault} again={() => void note()} pending={change.pending} />
        <div class="row"><Button type="submit" pending={change.pending}>{words.note}</Button></div>
      </form>
    </div>
  );
}
