import { facts as words } from '#texts/lead.ts';
import { type Asked, useDo } from '../../api/index.ts';
import { countryName } from '../../format/index.ts';
import { Button, Choice, FaultNote, Field, Note, Panel, say, Tag, Time } from '../../parts/index.ts';
import { hasDraft, useDraft } from '../../shell/drafts.ts';
import { change, factsOf, type Group, type KnownFact, saidBy, valueWords } from './known.ts';
import type { LeadView } from './ledger.ts';

const GROUPS: readonly [Group, string][] = [['profile', words.person], ['company', words.company], ['bant', words.bant], ['attributes', words.attributes]];

const COUNTRIES = ['country', 'company_country'];

/** What is known, who said so, and what contradicts it; each fact is changed where it stands. */
export default function FactsOfLead({ lead, past }: { lead: LeadView; past: boolean }) {
  const all = factsOf(lead);
  return (
    <>
      {lead.said_otherwise.length > 0 && <Note tone="soon" icon="warning">{words.contradictions(lead.said_otherwise.length)}</Note>}
      {GROUPS.filter(([group]) => all[group].length).map(([group, title]) => (
        <Panel key={group} title={title}>
          <ul class="lead-facts">{all[group].map((fact) => <One key={fact.name} lead={lead} fact={fact} past={past} />)}</ul>
        </Panel>
      ))}
    </>
  );
}

type Body = NonNullable<Asked<'/leads/{lead_id}', 'patch'>['body']>;

interface Draft {
  open: boolean;
  value: string;
  met: string;
  /** What stood there when one began to type. */
  from: string;
}

function One({ lead, fact, past }: { lead: LeadView; fact: KnownFact; past: boolean }) {
  const key = `fact:${lead.lead_id}:${fact.group}.${fact.field}`;
  const stands = valueWords(fact.value);
  const [draft, edit, done] = useDraft<Draft>(key, { open: false, value: stands, met: '', from: stands });
  const otherwise = lead.said_otherwise.filter((each) => each.fact === fact.name);
  const said = lead.said_by[fact.name];
  const open = hasDraft(key) && draft.open && !past;
  return (
    <li>
      <span class="muted small">{fact.label}</span>
      {open ? <Editor lead={lead} fact={fact} draft={draft} stands={stands} edit={edit} done={done} /> : (
        <div class="row">
          <span class="grow">
            {stands ? <span>{COUNTRIES.includes(fact.name) ? countryName(stands) : stands}</span> : <span class="muted">{words.unknown}</span>}
            {typeof fact.met === 'boolean' && <> <Tag tone={fact.met ? 'done' : 'soon'}>{fact.met ? words.met : words.notMet}</Tag></>}
            {stands && said && <span class="small muted lead-said">{saidBy(said)}, <Time at={said.at} as="date" /></span>}
            {fact.name === 'phone' && lead.profile.phone_e164 && lead.profile.phone_e164 !== stands && <span class="small muted lead-said">{words.written}: {lead.profile.phone_e164}</span>}
          </span>
          {!past && <Button kind="quiet" label={stands ? words.edit(fact.label) : words.enter(fact.label)} onClick={() => edit({ open: true, value: stands, from: stands })}>{stands ? words.change : words.add}</Button>}
        </div>
      )}
      {otherwise.map((each) => <Otherwise key={each.id} lead={lead} fact={fact} word={each} past={past} />)}
    </li>
  );
}

interface EditorProps {
  lead: LeadView;
  fact: KnownFact;
  draft: Draft;
  stands: string;
  edit: (some: Partial<Draft>) => void;
  done: () => void;
}

function Editor({ lead, fact, draft, stands, edit, done }: EditorProps) {
  const update = useDo('patch', '/leads/{lead_id}');
  const send = async (value: string | null) => {
    const body = change(fact, value, draft.met) as Body;
    if (!(await update.run({ path: { lead_id: lead.lead_id }, body }))) return;
    done();
    say(value === null ? words.cleared(fact.label) : words.saved(fact.label));
  };
  const by = lead.said_by[fact.name];
  const fault = update.of(`${fact.group}.${fact.field}`) ?? update.of(`${fact.group}.${fact.field}.value`) ?? update.of(fact.field);
  return (
    <form class="stack lead-edit" onSubmit={(event) => { event.preventDefault(); void send(draft.value); }}
      onKeyDown={(event) => { if (event.key === 'Escape') done(); }}>
      {stands !== draft.from && <Note tone="soon" icon="warning">{stands ? words.meanwhile(stands, by ? saidBy(by) : words.somebody) : words.meanwhileNone}</Note>}
      <Field label={fact.label} value={draft.value} onInput={(value) => edit({ open: true, value })} required autoFocus fault={fault} autoComplete="off" />
      {fact.group === 'bant' && (
        <Choice label={words.judged} value={draft.met} onChange={(met) => edit({ open: true, met })}
          options={[{ value: '', label: words.asAgreed }, { value: 'yes', label: words.yes }, { value: 'no', label: words.no }]} />
      )}
      {!fault && <FaultNote fault={update.fault} />}
      <div class="row">
        <Button kind="primary" type="submit" pending={update.pending}>{words.save}</Button>
        <Button onClick={done}>{words.cancel}</Button>
        {stands && <Button kind="quiet" pending={update.pending} onClick={() => void send(null)}>{words.clear}</Button>}
      </div>
    </form>
  );
}

function takeOver(id: string): Body {
  return { take_over: [id] } as Body;
}

function Otherwise({ lead, fact, word, past }: { lead: LeadView; fact: KnownFact; word: LeadView['said_otherwise'][number]; past: boolean }) {
  const update = useDo('patch', '/leads/{lead_id}');
  const take = async () => {
    if (await update.run({ path: { lead_id: lead.lead_id }, body: takeOver(word.id) })) say(words.taken(fact.label));
  };
  return (
    <div class="note soon lead-otherwise">
      <span class="grow">{words.otherwise(saidBy(word), valueWords(word.value))} <span class="small muted"><Time at={word.at} as="date" /></span></span>
      {!past && <Button pending={update.pending} onClick={() => void take()}>{words.takeOver}</Button>}
      <FaultNote fault={update.fault} />
    </div>
  );
}
