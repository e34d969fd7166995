/** What is known of a lead in review, what contradicts it, and what its score is made of. */
import { review as words } from '#texts/review.ts';
import type { Schema } from '../../api/index.ts';
import { Facts, Panel } from '../../parts/index.ts';
import { countryName, mailLink, phoneLink, inWords } from '../../format/index.ts';

type Lead = Schema<'Lead'>;

const LINES = 4;

export function LeadFacts({ lead }: { lead: Lead }) {
  const { profile, company, bant, persona, score } = lead;
  const call = phoneLink(profile.phone_e164 ?? profile.phone);
  const bantOf = (need: string) => (bant[need]?.value === undefined ? undefined : String(bant[need].value));
  const lines = score.entries.filter((each) => each.points).slice(0, LINES);
  return (
    <Panel title={words.facts.title}>
      <Facts facts={[
        [words.facts.email, <a href={mailLink(lead.email)}>{lead.email}</a>],
        [words.facts.phone, profile.phone && (call ? <a href={call}>{profile.phone}</a> : profile.phone)],
        [words.facts.industry, company.industry],
        [words.facts.size, company.employees_written ?? company.employees],
        [words.facts.revenue, company.revenue_written ?? company.revenue],
        [words.facts.country, countryName(company.country ?? profile.country)],
        [words.facts.runs, company.infrastructure],
        [words.facts.budget, bantOf('budget')],
        [words.facts.authority, bantOf('authority')],
        [words.facts.need, bantOf('need')],
        [words.facts.timeline, bantOf('timeline')],
        [words.facts.persona, persona && words.facts.personaMatch(persona.label, persona.match)],
        [words.facts.account, lead.account?.domain],
        [words.facts.source, [lead.source, lead.campaign].filter(Boolean).join(', ')],
        [words.facts.score, words.facts.scoreOf(points(score.total), String(score.out_of))],
        ...Object.values(lead.attributes).map((each) => [each.label, String(each.value)] as const),
      ]} />
      {lead.said_otherwise.length > 0 && (
        <ul class="review-otherwise">
          {lead.said_otherwise.map((each) => <li key={each.id}>{words.facts.otherwise(each.source, each.fact, String(each.value))}</li>)}
        </ul>
      )}
      {lines.length > 0 && (
        <details class="review-score">
          <summary>{words.facts.points}</summary>
          <ul>{lines.map((each, index) => <li key={index}>{words.facts.line(points(each.points), each.what ?? inWords(each.rule))}{each.note && <span class="muted"> ({each.note})</span>}</li>)}</ul>
        </details>
      )}
    </Panel>
  );
}

function points(count: number): string {
  return String(Math.round(count * 10) / 10);
}
