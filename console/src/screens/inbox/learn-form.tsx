/** What was learned of budget, authority, need and timeline: the questions, and a form of them alone. */
import { useState } from 'preact/hooks';
import { inbox } from '#texts/inbox.ts';
import { useDo } from '../../api/index.ts';
import { Button, Choice, FaultNote, Field, Meanwhile, say } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import type { DeedForm } from './lead.tsx';
import { type Answers, learned, type Need, NEEDS } from './learned.ts';

const words = inbox.contactForm;

interface LearnedProps {
  answers: Answers;
  onChange: (answers: Answers) => void;
  /** Returns what is wrong with a field of the call that keeps them, such as `bant.budget`. */
  faultOf: (field: string) => string | undefined;
}

export function LearnedFields({ answers, onChange, faultOf }: LearnedProps) {
  const answer = (need: Need, what: { met?: string; words?: string }) => onChange({ ...answers, [need]: { met: '', words: '', ...answers[need], ...what } });
  return (
    <fieldset class="inbox-learned">
      <legend>{words.learned}</legend>
      <p class="hint">{words.learnedHint}</p>
      {NEEDS.map((need) => (
        <div key={need} class="inbox-need">
          <Choice label={words.questions[need]} value={answers[need]?.met ?? ''} onChange={(met) => answer(need, { met })} fault={faultOf(`bant.${need}`)}
            options={[{ value: '', label: words.met.unknown }, { value: 'yes', label: words.met.yes }, { value: 'no', label: words.met.no }]} />
          <Field label={words.answers[need]} value={answers[need]?.words ?? ''} maxLength={500} onInput={(said) => answer(need, { words: said })} fault={faultOf(`bant.${need}.value`)} />
        </div>
      ))}
    </fieldset>
  );
}

export function LearnForm({ lead, onClose }: DeedForm) {
  const [typed, change, done] = useDraft(`learn:${lead.lead_id}`, { answers: {} as Answers });
  const [fault, setFault] = useState('');
  const keep = useDo('patch', '/leads/{lead_id}');
  const send = async (event: Event) => {
    event.preventDefault();
    const bant = learned(typed.answers);
    if (!Object.keys(bant).length) return setFault(inbox.learnForm.none);
    setFault('');
    const told = await keep.run({ path: { lead_id: lead.lead_id }, body: { bant } });
    if (!told) return;
    done();
    onClose();
    say(told.stage === 'sql' && lead.stage !== 'sql' ? inbox.learnForm.qualified : inbox.learnForm.done);
  };
  return (
    <form class="inbox-form stack" onSubmit={(event) => void send(event)} aria-label={words.learned}>
      <LearnedFields answers={typed.answers} onChange={(answers) => change({ answers })} faultOf={keep.of} />
      {fault && <p class="fault-word" role="alert">{fault}</p>}
      <Meanwhile lead={lead} />
      <FaultNote fault={keep.fault} />
      <div class="row">
        <Button kind="primary" type="submit" pending={keep.pending}>{inbox.learnForm.send}</Button>
        <Button kind="quiet" onClick={onClose}>{inbox.actions.cancel}</Button>
      </div>
    </form>
  );
}
