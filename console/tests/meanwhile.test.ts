import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { changesSince, lastDeed, type Seen } from '../src/format/meanwhile.ts';

const SAM = 'sam@sales.example', RITA = 'rita@sales.example', MONA = 'mona@baton.example';
const HELD: Seen = {
  lead_id: '01A', email: 'anna@acme.example', status: 'with_sales', updated_at: '2026-12-02T09:00:00Z', held: null, merged: [], bant: {},
  labels: { status: 'With sales', state: 'Offered' },
  handoff: { handoff_id: '01A-001', state: 'offered', owner: SAM, assigned_by: 'baton', contact: null },
};
const REVIEWED: Seen = { ...HELD, status: 'in_review', labels: { status: 'In review' }, handoff: null };
const later = (some: Partial<Seen>, of: Seen = HELD): Seen => ({ ...of, updated_at: '2026-12-02T09:05:00Z', ...some });
const handoff = (some: object) => ({ ...HELD.handoff, ...some }) as NonNullable<Seen['handoff']>;

test('what became of a lead since a form was opened is said', () => {
  const cases: [Seen, Seen, string[]][] = [
    [HELD, later({ handoff: handoff({ owner: RITA, assigned_by: MONA }) }), [`${MONA} gave it to ${RITA}.`]],
    [HELD, later({ handoff: handoff({ owner: RITA }) }), [`${RITA} has it now.`]],
    [HELD, later({ handoff: handoff({ owner: null }) }), ['It waits for somebody now.']],
    [HELD, later({ handoff: handoff({ state: 'accepted' }), labels: { state: 'Accepted' } }), ['It stands at “Accepted” now.']],
    [HELD, later({ handoff: handoff({ state: 'contacted', contact: { at: '2026-12-02T09:04:00Z', channel: 'phone', outcome: 'reached' } }) }), ['A contact was logged: Reached, Phone.']],
    [HELD, later({ status: 'won', labels: { status: 'Won', state: 'Won' }, handoff: handoff({ state: 'won', ended_by: RITA }) }), [`Sales does not have it any more: Won, by ${RITA}.`]],
    [HELD, later({ held: { by: MONA } }), [`${MONA} holds it back from sales.`]],
    [HELD, later({ merged: [{ lead_id: '01B', email: 'a@b.example' }] }), ['a@b.example was merged into it.']],
    [HELD, later({ email: 'new@acme.example' }), ['It is written to at new@acme.example now.']],
    [HELD, later({ bant: { budget: { value: '48k' } } }), ['Budget: 48k.']],
    [HELD, later({ lead_id: '01C', email: 'other@acme.example' }), ['It was merged into other@acme.example.']],
    [REVIEWED, later({ status: 'parked', labels: { status: 'Parked' } }, REVIEWED), ['It stands at “Parked” now.']],
    [REVIEWED, later({}, HELD), [`${SAM} has it now.`]],
  ];
  for (const [seen, now, said] of cases) assert.deepEqual(changesSince(seen, now), said);
});

test('nothing is said of what a row does not know, of an older look, or of a change that concerns no form', () => {
  const { held: _, merged: __, bant: ___, ...row } = { ...HELD, handoff: handoff({ contact: undefined }) };
  assert.deepEqual(changesSince(row, later({ held: { by: MONA }, bant: { need: { value: true } } })), []);
  assert.deepEqual(changesSince(HELD, { ...later({ handoff: handoff({ owner: RITA }) }), updated_at: '2026-12-02T08:00:00Z' }), []);
  assert.deepEqual(changesSince(HELD, later({})), []);
});

test('what a colleague did last is told, and neither what Baton did after it, nor what the reader did, nor what was seen', () => {
  const deed = (by: string, minute: string) => ({ by, at: `2026-12-02T09:${minute}:00.000Z`, words: `${by} did something` });
  const newest = [deed('baton', '08'), deed(SAM, '07'), deed(MONA, '06'), deed(RITA, '05')];
  assert.equal(lastDeed(HELD, newest, SAM)?.by, MONA);
  assert.equal(lastDeed(HELD, [deed('baton', '08'), deed(SAM, '07')], SAM), undefined);
  assert.equal(lastDeed({ ...HELD, updated_at: '2026-12-02T09:06:00Z' }, newest, SAM), undefined);
  assert.equal(lastDeed(HELD, [{ ...deed(MONA, '06'), words: null }], SAM), undefined);
});

/** What changes a lead by something that was typed or chosen for it; those without have no form, or tell of it themselves. */
const ABOUT_A_LEAD = /useDo\('(?:post|patch|put|delete)', '\/(?:handoffs\/\{handoff_id\}|leads\/\{lead_id\})/;
const TELL_THEMSELVES: Record<string, string> = {
  'review/lead-pane.tsx': 'the last verdict stands above what was chosen',
  'review/many-pane.tsx': 'each lead answers for itself',
  'lead/facts.tsx': 'the value that stands now is beside the field',
};

test('every form that acts on a lead tells what became of the lead meanwhile', () => {
  const screens = join(import.meta.dirname, '../src/screens');
  const files = readdirSync(screens, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  const forms = files.flatMap((file) => readFileSync(join(screens, file), 'utf8').split(/^(?=(?:export (?:default )?)?function )/m)
    .filter((part) => ABOUT_A_LEAD.test(part) && /<form\b/.test(part)).map((part) => ({ file, name: /function (\w+)/.exec(part)?.[1], tells: part.includes('<Meanwhile lead={') })));
  const silent = forms.filter(({ file, tells }) => !tells && !TELL_THEMSELVES[file]).map(({ file, name }) => `${file}: ${name}`);
  assert.deepEqual(silent, []);
  assert.ok(forms.filter(({ tells }) => tells).length >= 10, 'reassign, contact, learn, pass, return, close, note, hand over, hold, merge');
});
