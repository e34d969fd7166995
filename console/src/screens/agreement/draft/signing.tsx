/** Who has signed a draft and who has not; signs it, asks the others to, or withdraws it. */
import { useState } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { type Answer, type Schema, useDo } from '../../../api/index.ts';
import { Button, copyText, Dialog, FaultNote, LinkButton, Note, say, Tag, Time } from '../../../parts/index.ts';
import { person } from '../../../session/session.ts';
import { Differences } from './changes.tsx';

type Draft = Schema<'Draft'>;
type Department = Schema<'Department'>;
const DEPARTMENTS: readonly Department[] = ['marketing', 'sales'];

interface SigningProps {
  draft: Draft;
  unsaved: boolean;
  onSigned: (signed: Answer<'/agreement/drafts/{draft_id}/signatures', 'post'>) => void;
}

export function Signing({ draft, unsaved, onSigned }: SigningProps) {
  const [asked, setAsked] = useState<Department | 'withdraw'>();
  const sign = useDo('post', '/agreement/drafts/{draft_id}/signatures', ['/agreement']);
  const withdraw = useDo('delete', '/agreement/drafts/{draft_id}', ['/agreement']);
  const path = { draft_id: draft.draft_id };
  const own = DEPARTMENTS.filter((each) => person.value.groups.includes(each));
  const missing = draft.signatures_missing ?? [];
  const mine = missing.filter((each) => own.includes(each));
  const isOpen = draft.state === 'open';
  const signFor = async (side: Department) => {
    const signed = await sign.run({ path, body: { for: side, revision: draft.revision } });
    setAsked(undefined);
    if (!signed) return;
    onSigned(signed);
    say(signed.signatures_missing?.length ? words.sign.done(words.groups[side]) : words.sign.both);
  };
  return (
    <div class="stack">
      <ul class="agreement-lines">
        {DEPARTMENTS.map((each) => <Side key={each} side={each} draft={draft} />)}
      </ul>
      <FaultNote fault={sign.fault ?? withdraw.fault} />
      {isOpen && unsaved && <Note tone="soon" icon="warning">{words.sign.unsaved}</Note>}
      {isOpen && own.length === 0 && <p class="muted">{words.sign.nobody}</p>}
      {isOpen && own.length > 0 && mine.length === 0 && <p class="muted">{words.sign.yours}</p>}
      {isOpen && (
        <div class="row">
          {mine.map((each) => <Button key={each} kind="primary" icon="check" disabled={unsaved} onClick={() => setAsked(each)}>{words.sign.signFor(words.groups[each])}</Button>)}
          {missing.length > 0 && <LinkButton icon="mail" href={askMail(draft, missing)}>{words.sign.ask(missing.map((each) => words.groups[each]))}</LinkButton>}
          <Button kind="quiet" onClick={() => void copyText(location.href, words.sign)}>{words.sign.copy}</Button>
        </div>
      )}
      {isOpen && <p class="muted small">{words.sign.mailed}</p>}
      {isOpen && <div><Button kind="danger" onClick={() => setAsked('withdraw')}>{words.sign.withdraw}</Button></div>}
      {asked && asked !== 'withdraw' && (
        <Dialog title={words.sign.question(words.groups[asked], draft.revision)} onClose={() => setAsked(undefined)} wide>
          <p>{words.sign.takesEffect(missing.length > 1, !!draft.in_force_from)}{draft.in_force_from && <> <Time at={draft.in_force_from} as="day" /></>}</p>
          <Differences lines={draft.differences_in_parts} effects={draft.effects} rules={draft.rules_in_words} />
          <div class="row">
            <Button kind="primary" icon="check" pending={sign.pending} onClick={() => void signFor(asked)}>{words.sign.signFor(words.groups[asked])}</Button>
            <Button kind="quiet" onClick={() => setAsked(undefined)}>{words.cancel}</Button>
          </div>
        </Dialog>
      )}
      {asked === 'withdraw' && (
        <Dialog title={words.sign.withdrawQuestion} onClose={() => setAsked(undefined)}>
          <p>{words.sign.withdrawAbout}</p>
          <div class="row">
            <Button kind="danger" pending={withdraw.pending} onClick={() => void withdraw.run({ path }).then((done) => { setAsked(undefined); if (done) say(words.sign.withdrawn); })}>{words.sign.withdraw}</Button>
            <Button kind="quiet" onClick={() => setAsked(undefined)}>{words.cancel}</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function Side({ side, draft }: { side: Department; draft: Draft }) {
  const signature = draft.signatures.find((each) => each.group === side);
  return (
    <li class="plain">
      <strong class="grow">{words.groups[side]}</strong>
      {signature
        ? <span><Tag tone="done">{words.sign.signed}</Tag> {signature.by}, <Time at={signature.at} /></span>
        : <Tag tone={draft.state === 'open' ? 'soon' : 'plain'}>{words.sign.notYet}</Tag>}
    </li>
  );
}

function askMail(draft: Draft, missing: readonly Department[]): string {
  const subject = words.sign.mailSubject(draft.revision);
  const body = words.sign.mailBody(location.href, missing.map((each) => words.groups[each]));
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
