/** A rep's leave: what is planned, one more, or one less. */
import { useState } from 'preact/hooks';
import { inbox } from '#texts/inbox.ts';
import { type Answer, type Schema, useDo, useRead } from '../../api/index.ts';
import { dayWords } from '../../format/index.ts';
import { Button, Dialog, FaultNote, Field, Loading, say } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import { person } from '../../session/session.ts';

const words = inbox.leave;
type Away = Schema<'Away'>;
type Team = Answer<'/me'>['teams'][number];

export function Leave({ onClose }: { onClose: () => void }) {
  const me = useRead('/me', {}, 60_000);
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p class="muted">{words.about}</p>
      <FaultNote fault={me.fault} again={me.again} />
      {me.data?.teams.map((team) => <OnTeam key={team.team} team={team} />)}
      {me.data && !me.data.teams.length && <p>{words.noTeam}</p>}
    </Dialog>
  );
}

function OnTeam({ team }: { team: Team }) {
  const path = { team: team.team, email: person.value.email };
  const entry = useRead('/teams/{team}/reps/{email}', { path });
  const change = useDo('patch', '/teams/{team}/reps/{email}', ['/teams', '/me']);
  const [typed, type, done] = useDraft(`leave:${team.team}`, { from: '', to: '', why: '' });
  const [fault, setFault] = useState('');
  const add = async (event: Event) => {
    event.preventDefault();
    if (!typed.from) return setFault(words.firstNeeded);
    setFault('');
    const away = { from: typed.from, to: typed.to || typed.from, ...(typed.why.trim() && { why: typed.why.trim() }) };
    if (!(await change.run({ path, body: { add_away: [away], remove_away: [] } }))) return undefined;
    done();
    return say(words.added);
  };
  const remove = async (away: Away) => {
    if (await change.run({ path, body: { add_away: [], remove_away: [{ from: away.from, to: away.to }] } })) {
      say(words.removed, () => void change.run({ path, body: { add_away: [away], remove_away: [] } }));
    }
  };
  if (!entry.data) return entry.fault ? <FaultNote fault={entry.fault} again={entry.again} /> : <Loading label={words.title} />;
  const planned = (entry.data.away ?? []).filter((away) => Date.parse(away.to) + 86_400_000 > Date.now());
  return (
    <section class="stack">
      <h3>{words.onTeam(team.label)}</h3>
      {planned.length ? (
        <ul class="inbox-leaves" aria-label={words.planned}>
          {planned.map((away) => (
            <li key={away.from + away.to} class="row">
              <span class="grow">{spanOf(away)}{away.why && <span class="muted"> · {away.why}</span>}</span>
              <Button kind="quiet" label={words.removeNamed(spanOf(away))} pending={change.pending} onClick={() => void remove(away)}>{words.remove}</Button>
            </li>
          ))}
        </ul>
      ) : <p class="muted">{words.none}</p>}
      <form class="stack" onSubmit={(event) => void add(event)}>
        <div class="inbox-days">
          <Field label={words.first} type="date" value={typed.from} onInput={(from) => type({ from })} fault={fault || change.of('add_away')} />
          <Field label={words.last} type="date" hint={words.lastHint} value={typed.to} onInput={(to) => type({ to })} />
        </div>
        <Field label={words.why} maxLength={200} value={typed.why} onInput={(why) => type({ why })} />
        <FaultNote fault={change.fault} />
        <div class="row"><Button kind="primary" type="submit" pending={change.pending}>{words.add}</Button></div>
      </form>
    </section>
  );
}

function spanOf(away: Away): string {
  return words.span(dayWords(away.from), dayWords(away.to));
}
