import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meeting as words } from '#texts/meeting.ts';
import { wayThrough } from '../src/parts/way.ts';
import { hasLeads, periodWords, readFigure, writtenFigure } from '../src/screens/meeting/asked.ts';
import { clockOf, countsOf, droppedBy, figureWords, inHundred, leadsMore, mayBeChance, movesOf, percentBeside, perWorkingDay, points, rulesVerdict, type Move, type Proposal } from '../src/screens/meeting/figures.ts';

test('a target that was missed by less than a point is seen to be missed', () => {
  assert.equal(percentBeside(0.896, 0.9), '89.6%');
  assert.equal(points(0.896 - 0.9), '−0.4 points');
});

test('whole points stay whole', () => {
  assert.equal(percentBeside(0.93, 0.95), '93%');
  assert.equal(percentBeside(0.9, 0.9), '90%');
  assert.deepEqual([0.01, -0.12, 0, 1e-9].map(points), ['+1 point', '−12 points', '0 points', '0 points']);
});

const label = (kind: string, code: string) => `${kind} ${code}`;

test('a figure is told in words, with whose it is and why', () => {
  const said = (group: string, name: string, figure: string) => figureWords({ group, name, figure }, label);
  assert.equal(said('total', 'all', 'to_mql'), 'Became MQL');
  assert.equal(said('clock', 'accept', 'missed'), 'clock accept · Missed');
  assert.equal(said('duty', 'return', 'missed'), 'Answer to a return · Missed');
  assert.equal(said('speed', '4h-1d', 'n'), 'to a day · Contacted');
  assert.equal(said('rep', 'sam@acme.example', 'returned'), 'sam@acme.example · Gave back');
  assert.equal(said('total', 'all', 'returned_for.bad_fit'), 'return bad_fit');
  assert.equal(said('department', 'sales', 'speed_to_lead.n'), 'Sales · Contacted');
  assert.equal(said('rule', 'visit', 'without.won'), 'rule visit · Won without it');
  assert.equal(said('conversion', 'lead to mql', 'leads'), 'Lead to MQL · Went on');
});

test('a share leads to the counts that it is of, but not to those who were there before', () => {
  const of = (group: string, figure: string) => countsOf({ group, figure });
  assert.deepEqual(of('clock', 'share'), ['met', 'met,missed']);
  assert.deepEqual(of('total', 'counted'), ['counted.won', 'counted.of']);
  assert.deepEqual(of('conversion', 'share'), ['leads', undefined]);
});

test('the meeting says which rules were bad, and which good, as far as that is no chance', () => {
  const rule = (name: string, share: number, q: number) => ({ name, difference: { share, low: share - 0.1, high: share + 0.1 }, q });
  assert.equal(rulesVerdict([rule('a', 0.2, 0.3), { ...rule('b', -0.2, 0.01), too_few: true }], label), 'No rule differs from the others by more than chance may do.');
  assert.equal(rulesVerdict([rule('a', 0.2, 0.01), rule('b', -0.2, 0.01)], label), 'Fewer were won with: rule b. More were won with: rule a.');
});

const move = (id: string, today: number | null, then: number, within: number[] | null) => ({ id, points_today: today, points: then, within }) as Move;

test('a proposal tells the rules that chance does not explain first, and none that stay', () => {
  const rules = [move('far', 10, 40, [-5, 40]), move('stays', 10, 20, [9, 24]), move('sure', 20, 4, [1, 9]), move('new', null, 16, [6, 20]), move('unknown', 10, 20, null)];
  assert.deepEqual(movesOf({ rules }).map((each) => each.id), ['sure', 'new', 'far']);
  assert.deepEqual(rules.map(mayBeChance), [true, false, false, false, true]);
  assert.deepEqual(movesOf({ rules: rules.map((each) => ({ ...each, points: each.points * 7 })) }).map((each) => each.id), ['sure', 'new', 'far']);
});

test('a proposal of a new table drops the rules that it does not have, one of new points none', () => {
  const figures = { proposed: {}, rules: [move('a', 1, 2, null)] } as unknown as Proposal['figures'];
  const asked = (mode: string) => ({ asked: { mode } as Proposal['asked'], figures });
  assert.deepEqual([droppedBy(asked('add'), { a: 'x', b: 'y' }), droppedBy(asked('re-point'), { a: 'x', b: 'y' })], [['b'], []]);
});

test('a working day is five of seven, and has one lead at least', () => {
  assert.deepEqual([perWorkingDay(100, 28), perWorkingDay(0, 7), perWorkingDay(undefined, 84)], [5, 1, 1]);
});

test('less than half a lead more or fewer than agreed is none, without a sign', () => {
  assert.deepEqual([3.4, -11.7, -0.4, 0.4, -0.5].map(leadsMore), ['+3', '−12', '0', '0', '−1']);
});

test('a share of nothing is no 0%, and a line is broken there', () => {
  assert.deepEqual([inHundred(null), inHundred(undefined), inHundred(0), inHundred(0.896)], [null, null, 0, 90]);
  assert.equal(wayThrough([[0, 4], undefined, [2, 8], [3, 78]]), 'M0.0 4.0M2.0 8.0L3.0 78.0');
  assert.equal(wayThrough([undefined]), '');
});

test('an address names a figure and its period, whatever the name has in it', () => {
  const week = { from: '2026-10-25T22:00:00.000Z', to: '2026-11-01T23:00:00.000Z' };
  for (const name of ['sam@acme.example', 'sam|sales@acme.example', 'lead to mql', '5m-30m'])
    for (const period of [undefined, week]) {
      const asked = { report: 'sla', group: 'rep', name, figure: 'met,missed' };
      assert.deepEqual(readFigure(writtenFigure(asked, period)), { asked, period });
    }
  for (const written of [null, '', 'sla', 'sla|rep|met', 'sla|rep||met']) assert.equal(readFigure(written), undefined);
});

test('the period of a figure is in the days of the report, wherever its reader is', () => {
  const period = { from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T23:00:00.000Z' };
  assert.equal(periodWords(period, 'Europe/Berlin'), 'Of the period Sun, 25 Oct 2026 up to Mon, 26 Oct 2026.');
  assert.match(periodWords(period, 'America/St_Johns'), /Sat, 24 Oct 2026 up to Sun, 25/);
});

test('what is added up of many names leads nowhere', () => {
  assert.deepEqual(['(others)', '(none)', 'sam@acme.example'].map((name) => hasLeads({ name })), [false, true, true]);
});

test('every target of a month has words, and one is one', () => {
  assert.equal(words.moves.sql_accepted, words.steps.sql_accepted);
  assert.deepEqual([words.late(1, 1), words.late(1, 2)], ['late', '1 of them late']);
  assert.deepEqual([words.change.asked(1, 4), words.change.asked(2, 4)], [', for 1 lead a day, beside version 4.', ', for 2 leads a day, beside version 4.']);
  assert.deepEqual([words.amount(1200, 'EUR'), words.amount(1200, '(none)')], ['1,200 EUR', '1,200 without a currency']);
});

test('a target leads to the clock that its share is of, also one of sales by the name of a duty of marketing', () => {
  const at = (name: string, ...clocks: string[]) => Object.values(clockOf(name, { clock: clocks.map((each) => ({ name: each })) })).join(' ');
  assert.deepEqual([at('accept', 'accept'), at('review', 'accept'), at('answer_returns')], ['sla clock accept', 'sla duty review', 'sla duty return']);
  assert.equal(at('review', 'accept', 'review'), 'sla clock review');
});
