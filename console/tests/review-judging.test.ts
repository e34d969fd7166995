import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answered, answerTo, following, isBegun, type Judgement, lacking, nextQuestion, NOTHING, type Question, submission,
} from '../src/screens/review/judging.ts';

const asks = (id: string, needed = true, answer: boolean | null = null): Question => ({ id, question: `${id}?`, needed, answer, because: null });
const CHECKLIST = [asks('industry', true, true), asks('help'), asks('interest', false), asks('runs')];
const judged = (some: Partial<Judgement>): Judgement => ({ ...NOTHING, ...some });

test('a reviewer’s word stands before what is known, and can be taken back', () => {
  const denied = answered({}, 'industry', false);
  assert.equal(answerTo(CHECKLIST[0]!, denied), false);
  assert.equal(answerTo(CHECKLIST[0]!, answered(denied, 'industry', null)), true);
});

test('a good fit lacks a yes to each needed question', () => {
  assert.deepEqual(lacking(CHECKLIST, { help: false }).map((each) => each.id), ['help', 'runs']);
  assert.deepEqual(lacking(CHECKLIST, { help: true, runs: true }), []);
});

test('needed questions are asked first, and each once', () => {
  const order = [];
  let answers = {};
  let at = nextQuestion(CHECKLIST, answers);
  while (at) {
    order.push(at);
    answers = answered(answers, at, true);
    at = nextQuestion(CHECKLIST, answers, at);
  }
  assert.deepEqual(order, ['help', 'runs', 'interest']);
});

test('a date and a reason are sent only with the verdicts that have one', () => {
  const typed = { day: '2027-01-15', reason: ' no budget ', answers: { help: true, gone: true } };
  assert.deepEqual(submission(judged({ ...typed, verdict: 'good_fit' }), CHECKLIST), { verdict: 'good_fit', answers: { help: true } });
  assert.deepEqual(submission(judged({ ...typed, verdict: 'not_ready', answers: {} }), CHECKLIST), { verdict: 'not_ready' });
  assert.deepEqual(submission(judged({ ...typed, verdict: 'bad_timing', answers: {} }), CHECKLIST), {
    verdict: 'bad_timing', review_on: '2027-01-15', reason: 'no budget',
  });
  assert.deepEqual(submission(judged({ ...typed, verdict: 'bad_fit', answers: {} }), CHECKLIST), { verdict: 'bad_fit', reason: 'no budget' });
});

test('after a verdict the next lead is opened, after the last one the one before', () => {
  assert.equal(following(['a', 'b', 'c'], 'a'), 'b');
  assert.equal(following(['a', 'b', 'c'], 'c'), 'b');
  assert.equal(following(['a'], 'a'), undefined);
  assert.equal(following(['a', 'b'], 'elsewhere'), 'a');
});

test('a judgement is begun with an answer, a verdict or a reason', () => {
  assert.equal(isBegun(judged({ day: '2027-01-15', reason: '  ' })), false);
  assert.equal(isBegun(judged({ answers: { help: false } })), true);
});
