/** What is agreed, in words. */
import { agreement as words } from '#texts/agreement.ts';
import type { Schema } from '../../../api/index.ts';
import { Facts, Panel, Table } from '../../../parts/index.ts';
import { capital, ruleWords } from '../../../format/index.ts';

export type AgreedTerms = NonNullable<Schema<'Agreement'>['terms']>;
type Trigger = AgreedTerms['triggers'][number];
type Clock = Trigger['clocks'][number];

export function Terms({ terms }: { terms: AgreedTerms }) {
  const teamOf = (name: string | null | undefined) => terms.teams.find((each) => each.team === name)?.label ?? name ?? '';
  return (
    <>
      <Qualification terms={terms} teamOf={teamOf} />
      <Points terms={terms} />
      <Panel title={words.terms.handoffs}>
        {terms.triggers.map((each) => <TriggerTerms key={each.name} trigger={each} team={teamOf(each.team)} />)}
      </Panel>
      <Marketing terms={terms} />
      <Returns terms={terms} />
      <People terms={terms} teamOf={teamOf} />
      <Personas terms={terms} />
    </>
  );
}

function Qualification({ terms, teamOf }: { terms: AgreedTerms; teamOf: (name: string | null) => string }) {
  const { qualification: rules, never } = terms;
  return (
    <Panel title={words.terms.qualification}>
      <Facts facts={[
        [words.terms.mql, rules.mql && ruleWords(rules.mql)], [words.terms.sql, rules.sql && ruleWords(rules.sql)], [words.terms.threshold, words.terms.points(rules.threshold, rules.full_score)],
        ...rules.thresholds.map((each) => [words.terms.thresholdFor(ruleWords(String(each['when']))), String(each['threshold'] ?? each['points'] ?? '')] as const),
        [words.terms.asks, rules.asks_for_a_person.map(plain).join(', ')],
      ]} />
      {never.length > 0 && (
        <>
          <h3>{words.terms.never}</h3>
          <ul class="agreement-lines">{never.map((each) => <li key={each.id} class="plain"><span class="grow"><strong>{each.label}</strong>: {ruleWords(each.when)}</span><span class="muted">{plain(each.then)}{each.team ? ` · ${teamOf(each.team)}` : ''}</span></li>)}</ul>
        </>
      )}
    </Panel>
  );
}

function Points({ terms }: { terms: AgreedTerms }) {
  return (
    <Panel title={words.terms.score}>
      {terms.fit.length > 0 && <Table caption={words.terms.fit} rows={terms.fit} idOf={(each) => each.id} columns={[
        { name: words.terms.rule, cell: (each) => capital(plain(each.id)) },
        { name: words.terms.when, cell: (each) => <>{ruleWords(each.when)}<ByPersona by={each.by_persona} /></> },
        { name: words.terms.pointsColumn, number: true, cell: (each) => signed(each.points) },
      ]} />}
      {terms.engagement.length > 0 && <Table caption={words.terms.engagement} rows={terms.engagement} idOf={(each) => each.id} columns={[
        { name: words.terms.rule, cell: (each) => capital(plain(each.id)) },
        { name: words.terms.earnedBy, cell: (each) => <>{ruleWords(each.when)}{each.at_most && <span class="muted">, {words.terms.atMost(ruleWords(each.at_most))}</span>}<ByPersona by={each.by_persona} /></> },
        { name: words.terms.pointsColumn, number: true, cell: (each) => signed(each.points) },
      ]} />}
    </Panel>
  );
}

function ByPersona({ by }: { by: Record<string, number> }) {
  const own = Object.entries(by);
  return own.length ? <small class="muted agreement-below">{own.map(([persona, points]) => `${plain(persona)}: ${signed(points)}`).join(', ')}</small> : null;
}

function TriggerTerms({ trigger, team }: { trigger: Trigger; team: string }) {
  return (
    <section class="agreement-trigger">
      <h3>{trigger.label} → {team}</h3>
      <p>{trigger.next_step}</p>
      <Clocks clocks={trigger.clocks} />
      {trigger.sooner.map((each) => <div key={each.when}><p class="muted">{words.terms.sooner(ruleWords(each.when))}</p><Clocks clocks={each.clocks} /></div>)}
      {trigger.unless && <p class="muted">{words.terms.unless(ruleWords(trigger.unless))}</p>}
      <p class="muted small">{words.terms.nobody(ruleWords(trigger.nobody_available))}</p>
    </section>
  );
}

function Clocks({ clocks }: { clocks: readonly Clock[] }) {
  return (
    <ul class="agreement-lines">
      {clocks.map((each) => (
        <li key={each.name} class="plain">
          <span class="grow"><strong>{each.label}</strong> {words.terms.within(ruleWords(each.within))}</span>
          <span class="muted small">{each.ladder.map((step) => words.terms.step(String(step['at']), String(step['do']))).join(' · ')}</span>
        </li>
      ))}
    </ul>
  );
}

function Marketing({ terms: { marketing, checklist } }: { terms: AgreedTerms }) {
  return (
    <Panel title={words.terms.marketing}>
      <Facts facts={[[words.terms.review, ruleWords(marketing['review'] ?? '')], [words.terms.answerReturns, ruleWords(marketing['answer_returns'] ?? '')], [words.terms.badTiming, ruleWords(marketing['bad_timing'] ?? '')]]} />
      {checklist.length > 0 && (
        <>
          <h3>{words.terms.checklist}</h3>
          <ul class="agreement-lines">
            {checklist.map((each) => <li key={each.id} class="plain"><span class="grow">{each.question}{each.yes_if && <small class="muted agreement-below">{words.terms.yesIf(ruleWords(each.yes_if))}</small>}</span><span class="muted small">{each.needed ? words.terms.needed : words.terms.mayBe}</span></li>)}
          </ul>
        </>
      )}
    </Panel>
  );
}

function Returns({ terms: { return_reasons: reasons } }: { terms: AgreedTerms }) {
  if (!reasons.length) return null;
  return (
    <Panel title={words.terms.returns}>
      <ul class="agreement-lines">
        {reasons.map((each) => <li key={each.name} class="plain"><span class="grow">{each.label}</span><span class="muted">{words.terms.then[each.then] ?? plain(each.then)}{each.review_after ? words.terms.after(ruleWords(each.review_after)) : ''}{each.attempts ? words.terms.attempts(each.attempts) : ''}</span></li>)}
      </ul>
    </Panel>
  );
}

function People({ terms, teamOf }: { terms: AgreedTerms; teamOf: (name: string | null) => string }) {
  return (
    <Panel title={words.terms.people}>
      <ul class="agreement-lines">
        {terms.teams.map((each) => <li key={each.team} class="plain"><span class="grow"><strong>{each.label}</strong></span><span class="muted">{each.gets_leads ? words.terms.capacity(each.reps.capacity) : words.terms.noLeads}{each.calendar ? ` · ${plain(each.calendar)}` : ''}</span></li>)}
      </ul>
      {terms.territories.length > 0 && (
        <>
          <h3>{words.terms.territories}</h3>
          <ol class="agreement-lines">{terms.territories.map((each) => <li key={each.id} class="plain"><span class="grow"><strong>{each.label}</strong>: {ruleWords(each.when)}</span>{each.team && <span class="muted">{teamOf(each.team)}</span>}</li>)}</ol>
        </>
      )}
      <p class="muted small">{words.terms.zone(terms.time_zone)}</p>
    </Panel>
  );
}

function Personas({ terms: { personas, attributes, forms } }: { terms: AgreedTerms }) {
  return (
    <>
      {personas.length > 0 && (
        <Panel title={words.terms.personas}>
          {personas.map((each) => <div key={each.id}><h3>{each.label}</h3><p class="muted">{words.terms.criteria(each.counts_from)}</p><ul class="agreement-lines">{each.criteria.map((one) => <li key={one.about + one.when} class="plain"><span class="grow">{plain(one.about)}: {ruleWords(one.when)}</span><span class="muted">{one.weight}</span></li>)}</ul></div>)}
        </Panel>
      )}
      {attributes.length + forms.length > 0 && (
        <Panel title={words.terms.rest}>
          <Facts facts={[[words.terms.forms, forms.map((each) => each.label).join(', ')], [words.terms.attributes, attributes.map((each) => each.label).join(', ')]]} />
        </Panel>
      )}
    </>
  );
}

/** Writes a name of the agreement as words: `vice-president` → `vice president`. */
const plain = (name: string) => name.replaceAll(/[_-]+/g, ' ');
const signed = (points: number) => (points > 0 ? `+${points}` : `−${-points}`);
