/** A draft of the agreement: written, checked as one types, tried, signed or withdrawn. */
import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { type Schema, useDo, useRead } from '../../../api/index.ts';
import { isoDay } from '../../../format/index.ts';
import { Button, FaultNote, Head, LinkButton, Loading, Note, say, Tag, Time } from '../../../parts/index.ts';
import { person } from '../../../session/session.ts';
import { agreedZone } from '../../../session/zone.ts';
import { useDraft } from '../../../shell/drafts.ts';
import { changed } from '../../../shell/matching.ts';
import { fromHere, href, place } from '../../../shell/place.ts';
import { lazily } from '../lazily.tsx';
import type { TrialProps } from '../trial/index.tsx';
import type { QuickProps } from '../trial/quick.tsx';
import { Bench, NOTHING_TYPED, type Typed } from './bench.tsx';
import { Conflict } from './conflict.tsx';
import { type Checking, useChecking } from './checking.ts';
import type { Outcome } from './changes.tsx';
import { Signing } from './signing.tsx';

const TrialOf: ComponentType<TrialProps> = lazily(
  () => import('../trial/index.tsx').then((module) => module.TrialOf),
);
const QuickTrial: ComponentType<QuickProps> = lazily(() => import('../trial/quick.tsx').then((module) => module.QuickTrial));

type Draft = Schema<'Draft'>;

/** A draft that is stored: `id` names it. */
export function StoredDraft({ id }: { id: string }) {
  const read = useRead('/agreement/drafts/{draft_id}', { path: { draft_id: id } });
  if (!read.data) return read.fault ? <FaultNote fault={read.fault} again={read.again} /> : <Loading label={words.loading} lines={8} />;
  return (
    <>
      <FaultNote fault={read.fault} again={read.again} stale />
      <Writing key={id} id={id} read={read.data} />
    </>
  );
}

function Writing({ id, read }: { id: string; read: Draft }) {
  const [saved, setSaved] = useState<Draft>();
  const draft = saved && saved.revision > read.revision ? saved : read;
  const [typed, keep, done] = useDraft<Typed>(`agreement:${id}`, NOTHING_TYPED);
  const put = useDo('put', '/agreement/drafts/{draft_id}', ['/agreement']);
  const [stamp, setStamp] = useState('');
  const inEditor = useRef(typed.text ?? draft.yaml);
  const isOpen = draft.state === 'open';
  const text = typed.text ?? draft.yaml;
  const isTyped = typed.text !== undefined || typed.note !== undefined || typed.from !== undefined;
  const isBehind = isTyped && typed.revision !== undefined && typed.revision !== draft.revision;
  const from = typed.from ?? dayOf(draft.in_force_from);
  const checking = useChecking(typed.text !== undefined || typed.from !== undefined ? text : null, typed.from || undefined);
  const outcome: Outcome = typed.text === undefined || !checking.checked ? { ...draft, errors: draft.errors ?? [] } : checking.checked;
  const maySign = place.value.query.get('side') !== 'sign' && draft.signatures_missing?.some((each) => person.value.groups.includes(each));
  const mayNotSave = !checking.behind && outcome.errors.length > 0;

  useEffect(() => {
    if (typed.text !== undefined || draft.yaml === inEditor.current) return;
    inEditor.current = draft.yaml;
    setStamp(`${draft.revision} ${draft.sha256}`);
  }, [draft.sha256, typed.text]);

  const type = (some: Typed) => {
    if (some.text !== undefined) inEditor.current = some.text;
    const next = { ...typed, ...some };
    if (next.text === draft.yaml) next.text = undefined;
    if (next.text === undefined && next.note === undefined && next.from === undefined) done();
    else keep({ ...next, revision: typed.revision ?? draft.revision });
  };
  const maySave = isTyped && !isBehind && !mayNotSave && isOpen;
  const save = async (): Promise<boolean> => {
    if (!maySave) return false;
    const answer = await put.run({
      path: { draft_id: id },
      body: {
        yaml: text, revision: typed.revision ?? draft.revision,
        in_force_from: (typed.from === undefined ? draft.in_force_from : typed.from) || null, note: (typed.note ?? draft.note) || null,
      },
    });
    if (!answer) return false;
    setSaved({ ...answer, yaml: text, terms: checking.checked?.terms ?? draft.terms });
    if (inEditor.current === text) done();
    else keep({ revision: answer.revision, note: undefined, from: undefined });
    say(answer.signatures_voided?.length ? words.draft.savedVoided(answer.revision) : words.draft.saved(answer.revision));
    return true;
  };
  const takeTheirs = () => {
    done();
    inEditor.current = draft.yaml;
    setStamp(`taken ${draft.revision}`);
  };

  return (
    <div class="agreement-draft">
      <Head title={words.draft.title(draft.revision)} about={<About draft={draft} />}
        actions={isOpen
          ? <>
              {!isTyped && maySign && <LinkButton kind="primary" icon="check" href={href(`/agreement?${changed(place.value.query, { side: 'sign' })}`)}>{words.sign.look}</LinkButton>}
              {isTyped && <span class="muted small">{draft.signatures.length ? words.draft.unsavedVoids : words.draft.unsaved}</span>}
              <Button kind={isTyped ? 'primary' : 'plain'} pending={put.pending} disabled={!maySave} onClick={() => void save()}>{words.draft.save}</Button>
            </>
          : <LinkButton href={href(`/agreement?draft=new&of=${encodeURIComponent(id)}`)}>{words.draft.again}</LinkButton>} />
      <State draft={draft} />
      <Bench text={text} saved={draft.yaml} terms={(typed.text === undefined ? undefined : checking.checked?.terms) ?? draft.terms} stamp={stamp} readOnly={!isOpen} note={typed.note ?? draft.note ?? ''} from={from} onType={type} onSave={() => void save()}
        outcome={outcome} checking={checking} faultOf={put.of}
        above={isBehind
          ? <Conflict mine={text} theirs={draft} onMine={() => { put.clear(); keep({ revision: draft.revision }); }} onTheirs={() => { put.clear(); takeTheirs(); }} />
          : put.fault && <FaultNote fault={put.fault} again={() => void save()} />}
        trial={<>{isOpen && quickly(text, outcome, checking)}<TrialOf draftId={id} revision={draft.revision} unsaved={isTyped} withdrawn={draft.state === 'withdrawn'} onSave={maySave ? save : undefined} /></>}
        sign={<Signing draft={draft} unsaved={isTyped} onSigned={(signed) => setSaved({ ...signed, yaml: draft.yaml, terms: draft.terms })} />} />
    </div>
  );
}

function About({ draft }: { draft: Draft }) {
  return (
    <>
      {words.draft.by(draft.changed_by)} <Time at={draft.changed_at} as="ago" />{draft.note ? <> · {draft.note}</> : null}
    </>
  );
}

function State({ draft }: { draft: Draft }) {
  if (draft.state === 'open') {
    return (
      <p class="row">
        {draft.signatures.map((each) => <Tag key={each.group} tone="done">{words.sign.signedBy(words.groups[each.group], each.by)}</Tag>)}
        {draft.signatures_missing?.map((each) => <Tag key={each} tone="soon">{words.sign.missing(words.groups[each])}</Tag>)}
        {draft.in_force_from && <Tag>{words.draft.holdsFrom} <Time at={draft.in_force_from} as="day" /></Tag>}
      </p>
    );
  }
  return <Note tone={draft.state === 'in_force' ? 'done' : 'plain'}>{words.draft.states[draft.state] ?? draft.state}</Note>;
}

/** A draft that is not stored yet, begun with the text of a version, of a draft, or of what is in force. */
export function NewDraft({ of }: { of: string | null }) {
  const isVersion = of !== null && /^\d{1,6}$/.test(of);
  const inForce = useRead('/agreement', of === null ? {} : null, Infinity);
  const version = useRead('/agreement/versions/{version}', isVersion ? { path: { version: Number(of) } } : null, Infinity);
  const draft = useRead('/agreement/drafts/{draft_id}', of !== null && !isVersion ? { path: { draft_id: of } } : null, Infinity);
  const read = of === null ? inForce : isVersion ? version : draft;
  const base = read.data?.yaml;
  if (base === undefined) return read.fault ? <FaultNote fault={read.fault} again={read.again} /> : <Loading label={words.loading} lines={8} />;
  return <Beginning key={of ?? ''} of={of} base={base} />;
}

function Beginning({ of, base }: { of: string | null; base: string }) {
  const [typed, keep, done] = useDraft<Typed>(`agreement:new:${of ?? ''}`, NOTHING_TYPED);
  const post = useDo('post', '/agreement/drafts', ['/agreement']);
  const text = typed.text ?? base;
  const isOther = of !== null;
  const checking = useChecking(text, typed.from || undefined);
  const outcome = checking.checked ?? (isOther ? undefined : { errors: [], warnings: [], differences_in_parts: [], effects: { stops: 0, decides: 0, other: 0 } });
  const maySave = (typed.text !== undefined || isOther) && (checking.behind || !outcome?.errors.length);
  const save = async () => {
    if (!maySave) return;
    const here = fromHere();
    const answer = await post.run({ body: { yaml: text, in_force_from: typed.from || null, note: typed.note || null } });
    if (!answer) return;
    done();
    say(words.draft.saved(answer.revision));
    here.goWith({ draft: answer.draft_id, of: undefined }, { replace: true });
  };
  const saveFirst = (why: string) => (
    <>
      <Note>{why}</Note>
      <div class="row"><Button pending={post.pending} disabled={!maySave} onClick={() => void save()}>{words.draft.saveNew}</Button></div>
    </>
  );
  return (
    <div class="agreement-draft">
      <Head title={words.draft.new} about={words.draft.newAbout}
        actions={<Button kind="primary" pending={post.pending} disabled={!maySave} onClick={() => void save()}>{words.draft.saveNew}</Button>} />
      <Bench text={text} saved={base} terms={checking.checked?.terms} stamp="" note={typed.note ?? ''} from={typed.from ?? ''} outcome={outcome} checking={checking} faultOf={post.of}
        onType={(some) => keep(some.text === base ? { ...some, text: undefined } : some)} onSave={() => void save()}
        above={post.fault && <FaultNote fault={post.fault} again={() => void save()} />}
        trial={<>{quickly(text, outcome, checking)}{saveFirst(words.trial.saveFirst)}</>} sign={saveFirst(words.sign.saveFirst)} />
    </div>
  );
}

/** Tries a text that is written, as far as it was checked: without a fault, or unless its check failed. */
function quickly(text: string, outcome: Outcome | undefined, { behind, fault, checked }: Checking) {
  return <QuickTrial text={text} meaning={behind ? undefined : checked?.meaning} faulty={!behind && !!outcome?.errors.length} unchecked={behind && !fault} />;
}

/** Returns the day of a moment where the agreement is, as a field for days takes it; empty without one. */
function dayOf(at: string | null | undefined): string {
  return at ? isoDay(at, agreedZone.value) : '';
}
