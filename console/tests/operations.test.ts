import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redriven, screenOf } from '../src/screens/operations/ways-out.ts';

test('only what the API can send on is offered to be sent on', () => {
  assert.equal(redriven({ to_do: 'POST /queues/UnsentMailQueue/redrive' }), true);
  assert.equal(redriven({ to_do: 'aws sqs receive-message --queue-url <UnpublishedQueueUrl>' }), false);
});

test('a failure that a screen tells more of leads there', () => {
  assert.deepEqual(['MailUndelivered', 'QuarantinedWebhooks', 'StreamBehind'].map(screenOf), ['/roster', '/tools', undefined]);
});
