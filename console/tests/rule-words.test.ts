import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleWords } from '../src/format/rule-words.ts';

const SPOKEN: [string, string][] = [
  ['title like /\\b(vice[ -]president|[es]?vp)\\b/', 'title with vice president, vp, evp or svp in it'],
  ['title like /\\b(student|intern)\\b/, and country DE', 'title with student or intern in it, and country DE'],
  ['title like /\\b(c[et]o|leiter(in)?|geschäftsführer)\\b/', 'title with ceo, cto, leiter, leiterin or geschäftsführer in it'],
  ['title like /(a)?(b)?(c)?(d)?(e)?(f)?/', 'title like /(a)?(b)?(c)?(d)?(e)?(f)?/'],
  ['title like /\\b(senior )(buyer)\\b/', 'title like /\\b(senior )(buyer)\\b/'],
  ['title like /sap/', 'title with sap in it'],
  ['title like /^(a.*b)$/', 'title like /^(a.*b)$/'],
  ['title like /\\b[a-z]\\b/', 'title like /\\b[a-z]\\b/'],
  ['title like /\\bsenior\\b.*\\bbuyer\\b/', 'title like /\\bsenior\\b.*\\bbuyer\\b/'],
  ['title like /colou?r/', 'title like /colou?r/'],
  ['kind page_visited', 'page visited'],
  ['kind one of page_visited, webinar_attended, if at least 1 signal (content topic pricing)', 'one of page visited, webinar attended, if at least 1 signal (content topic pricing)'],
  ['kind page_visited, if at least 3 signals (kind page_visited) in the last 7d', 'page visited, if at least 3 signals (page visited) in the last 7 days'],
  ['the number of employees at least 50', 'the number of employees at least 50'],
  ['30 points in 1d', '30 points in 1 day'],
  ['known for at least 1h 30m', 'known for at least 1 hour 30 minutes'],
  ['the company\'s domain one of 7d.example', 'the company\'s domain one of 7d.example'],
];

for (const [rule, told] of SPOKEN) {
  test(`“${rule}” is told as people speak`, () => assert.equal(ruleWords(rule), told));
}
