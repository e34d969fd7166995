import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault, faultOf } from '../src/api/faults.ts';
import { calm } from '../src/shell/calm.ts';

test('a refusal says what the API says, and of which field', () => {
  const body = { title: 'the amount is not readable', detail: 'Write a number.', errors: [{ field: 'amount', detail: 'must read as a number' }] };
  const fault = faultOf(422, body);
  assert.equal(fault.kind, 'invalid');
  assert.equal(fault.title, 'The amount is not readable');
  assert.deepEqual(fault.fields, { amount: 'must read as a number' });
  assert.equal(fault.passing, false);
});

test('each status is one kind of fault, with words of its own even if the body has none', () => {
  const kinds: [number, Fault['kind']][] = [
    [400, 'invalid'], [401, 'session'], [403, 'forbidden'], [404, 'absent'], [409, 'conflict'], [410, 'absent'], [413, 'invalid'],
    [418, 'other'], [429, 'busy'], [500, 'broken'], [503, 'broken'],
  ];
  for (const [status, kind] of kinds) {
    for (const body of [undefined, null, 'no JSON', [], { title: 7, errors: 'none' }]) {
      const fault = faultOf(status, body);
      assert.equal(fault.kind, kind);
      assert.ok(fault.title && fault.detail);
    }
  }
});

test('what the gateway calls a status is no title; what the API says of it is a sentence with a way on', () => {
  const told = (status: number, title: string, detail: string) => {
    const { title: head, detail: said } = faultOf(status, { type: 'about:blank', title, status, detail });
    return [head, said];
  };
  assert.deepEqual(told(404, 'Not Found', 'there is no such lead'), ['That is not there', 'There is no such lead. It may have been erased, merged or withdrawn.']);
  assert.deepEqual(told(403, 'Forbidden', 'only admin may do this'), ['You may not do that', 'Only admin may do this. Ask an administrator.']);
  assert.deepEqual(told(422, 'Unprocessable Entity', 'say `from` too!'), ['Something is not right yet', 'Say “from” too!']);
});

test('rows stay where they are while the list is read anew', () => {
  const idOf = (row: { id: string }) => row.id;
  const rows = [{ id: 'new' }, { id: 'b', seen: 2 }, { id: 'a' }];
  assert.deepEqual(calm(['a', 'b', 'gone'], rows, idOf), { rows: [{ id: 'a' }, { id: 'b', seen: 2 }], fresh: 1 });
});
