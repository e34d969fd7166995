/** What a reviewer has answered and chosen, what still lacks, and what of it is sent. Pure. */

export type Verdict = 'good_fit' | 'bad_timing' | 'bad_fit' | 'not_ready';

/** In the order of the keys 1 to 4. */
export const VERDICTS: readonly Verdict[] = ['good_fit', 'bad_timing', 'bad_fit', 'not_ready'];

export interface Question {
  id: string;
  question: string;
  needed: boolean;
  /** Yes by what is known, or null. */
  answer?: boolean | null;
  because?: string | null;
}

export type Answers = Readonly<Record<string, boolean>>;

/** What was chosen and typed for one lead, and not sent yet. */
export interface Judgement {
  /** The reviewer's own answers; what is not there is as it is known. */
  answers: Answers;
  verdict: Verdict | '';
  day: string;
  reason: string;
}

export const NOTHING: Judgement = { answers: {}, verdict: '', day: '', reason: '' };

/** Returns yes, no, or null for not known: the reviewer's word, else what is known. */
export function answerTo(question: Question, answers: Answers): boolean | null {
  return answers[question.id] ?? question.answer ?? null;
}

/** Returns the needed questions without a yes. */
export function lacking(checklist: readonly Question[], answers: Answers): Question[] {
  return checklist.filter((each) => each.needed && answerTo(each, answers) !== true);
}

/** Returns the answers with one changed; null takes the reviewer's word back. */
export function answered(answers: Answers, id: string, answer: boolean | null): Answers {
  const { [id]: _, ...others } = answers;
  return answer === null ? others : { ...others, [id]: answer };
}

/** Returns the question that is asked next: the first after `after` without an answer, needed ones first. */
export function nextQuestion(checklist: readonly Question[], answers: Answers, after?: string): string | undefined {
  const from = checklist.findIndex((each) => each.id === after) + 1;
  const inOrder = [...checklist.slice(from), ...checklist.slice(0, from)];
  const open = inOrder.filter((each) => answerTo(each, answers) === null);
  return (open.find((each) => each.needed) ?? open[0])?.id;
}

/** Returns what the API takes of it; a date and a reason only with the verdicts that have one. */
export function submission(judged: Judgement, checklist: readonly Question[]) {
  const known = new Set(checklist.map((each) => each.id));
  const answers = Object.fromEntries(Object.entries(judged.answers).filter(([id]) => known.has(id)));
  const reason = judged.reason.trim();
  return {
    verdict: judged.verdict as Verdict,
    ...(Object.keys(answers).length ? { answers } : {}),
    ...(judged.verdict === 'bad_timing' && judged.day ? { review_on: judged.day } : {}),
    ...(reason && (judged.verdict === 'bad_fit' || judged.verdict === 'bad_timing') ? { reason } : {}),
  };
}

/** Returns the lead that is opened after one: the next in the list, at its end the one before. */
export function following(ids: readonly string[], id: string): string | undefined {
  const at = ids.indexOf(id);
  return at < 0 ? ids[0] : (ids[at + 1] ?? ids[at - 1]);
}

/** Whether anything was chosen or typed. */
export function isBegun(judged: Judgement): boolean {
  return !!judged.verdict || !!judged.reason.trim() || Object.keys(judged.answers).length > 0;
}
