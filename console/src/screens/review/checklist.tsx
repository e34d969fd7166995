/** The checklist: what is known beside each question, and yes, no or not known. */
import { review as words } from '#texts/review.ts';
import { Panel, Tag } from '../../parts/index.ts';
import { type Answers, answerTo, lacking, type Question } from './judging.ts';

interface ChecklistProps {
  checklist: readonly Question[];
  answers: Answers;
  /** The question that y and n answer. */
  current: string | undefined;
  /** Whether a good fit was chosen: what it lacks is marked. */
  strict: boolean;
  faults: Readonly<Record<string, string>>;
  onAnswer: (id: string, answer: boolean | null) => void;
}

export function Checklist({ checklist, answers, current, strict, faults, onAnswer }: ChecklistProps) {
  const needed = checklist.filter((each) => each.needed);
  const open = new Set(lacking(checklist, answers).map((each) => each.id));
  return (
    <Panel title={words.checklist.title}
      actions={needed.length > 0 && <span class="muted small">{words.checklist.progress(needed.length - open.size, needed.length)}</span>}>
      {!checklist.length && <p class="muted">{words.checklist.none}</p>}
      <div class="review-questions">
        {checklist.map((each) => (
          <QuestionOf key={each.id} question={each} answer={answerTo(each, answers)} isCurrent={each.id === current}
            fault={faults[`answers.${each.id}`] ?? (strict && open.has(each.id) ? words.checklist.lacking : undefined)}
            onAnswer={(answer) => onAnswer(each.id, answer)} />
        ))}
      </div>
    </Panel>
  );
}

interface QuestionProps {
  question: Question;
  answer: boolean | null;
  isCurrent: boolean;
  fault: string | undefined;
  onAnswer: (answer: boolean | null) => void;
}

function QuestionOf({ question, answer, isCurrent, fault, onAnswer }: QuestionProps) {
  const id = questionNode(question.id);
  const options = [
    { value: true as boolean | null, label: words.checklist.yes, keyName: 'y' },
    { value: false, label: words.checklist.no, keyName: 'n' },
    ...(question.answer ? [] : [{ value: null, label: words.checklist.unknown, keyName: '' }]),
  ];
  return (
    <fieldset id={id} class={`choice review-question ${isCurrent ? 'current' : ''}`} tabIndex={-1} aria-describedby={`${id}-known${fault ? ` ${id}-fault` : ''}`}>
      <legend>{question.question} {!question.needed && <Tag>{words.checklist.optional}</Tag>}</legend>
      <p class="hint" id={`${id}-known`}>{known(question, answer)}</p>
      <div class="choices">
        {options.map((each) => (
          <label key={each.label} class={each.value === answer ? 'chosen' : ''}>
            <input type="radio" name={id} checked={each.value === answer} onChange={() => onAnswer(each.value)} />
            <span>{each.label}</span>
            {isCurrent && each.keyName && <kbd aria-hidden="true">{each.keyName}</kbd>}
          </label>
        ))}
      </div>
      {fault && <p class="fault-word" id={`${id}-fault`}>{fault}</p>}
    </fieldset>
  );
}

/** Returns the id of a question's node. */
export function questionNode(id: string): string {
  return `review-question-${id}`;
}

function known({ answer: byFacts, because }: Question, answer: boolean | null): string {
  if (!because) return words.checklist.notKnown;
  if (!byFacts) return words.checklist.knownOnly(because);
  return answer === false ? words.checklist.denied(because) : words.checklist.known(because);
}
