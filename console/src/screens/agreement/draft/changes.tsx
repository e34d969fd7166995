/** What a draft changes, what breaks first, and what is wrong with its text. */
import { agreement as words } from '#texts/agreement.ts';
import { ruleWords } from '../../../format/index.ts';
import { FaultNote, Note } from '../../../parts/index.ts';
import { byEffect, type Effects, type Finding } from '../findings.ts';
import { type LinePart, ruleOfLine, spokenLine } from '../rules/grouping.ts';
import type { Checking } from './checking.ts';

export interface Outcome {
  errors: readonly Finding[];
  warnings: readonly Finding[];
  differences_in_parts: readonly (readonly LinePart[])[];
  effects: Effects;
  /** What the rules ask that lines name, in words. */
  rules_in_words?: Readonly<Record<string, string>>;
}

interface ChangesProps {
  outcome: Outcome | undefined;
  checking: Checking;
  /** Goes to a place of the text. */
  onPlace: (finding: Finding) => void;
}

export function Changes({ outcome, checking, onPlace }: ChangesProps) {
  return (
    <div class="stack">
      <p class="muted small" role="status">{checking.behind ? words.changes.checking : outcome ? words.changes.checked : ''}</p>
      <FaultNote fault={checking.fault} again={checking.again} stale={!!outcome} />
      {outcome && outcome.errors.length > 0 && (
        <Findings title={words.changes.faults(outcome.errors.length)} tone="late" findings={outcome.errors} onPlace={onPlace} />
      )}
      {outcome && outcome.errors.length === 0 && <Differences lines={outcome.differences_in_parts} effects={outcome.effects} rules={outcome.rules_in_words} />}
      {outcome && outcome.warnings.length > 0 && (
        <Findings title={words.changes.warnings(outcome.warnings.length)} tone="soon" findings={outcome.warnings} onPlace={onPlace} />
      )}
    </div>
  );
}

function Findings({ title, tone, findings, onPlace }: { title: string; tone: 'late' | 'soon'; findings: readonly Finding[]; onPlace: (finding: Finding) => void }) {
  return (
    <section>
      <h2 class={`agreement-${tone}`}>{title}</h2>
      <ul class="agreement-lines">
        {findings.slice(0, MOST).map((each) => (
          <li key={`${each.field}${each.line}${each.detail}`} class={tone}>
            {each.line !== undefined
              ? <button type="button" class="agreement-place" onClick={() => onPlace(each)}>{words.changes.place(each.line, each.column ?? 1)}</button>
              : null}
            <span class="grow"><code>{each.field}</code> {each.detail}</span>
          </li>
        ))}
      </ul>
      {findings.length > MOST && <p class="muted small">{words.changes.more(findings.length - MOST)}</p>}
    </section>
  );
}

const MOST = 200;

/** The lines of differences by their effect; also those of any two versions. */
export function Differences({ lines, effects, rules = {} }: { lines: readonly (readonly LinePart[])[]; effects: Effects; rules?: Readonly<Record<string, string>> | undefined }) {
  const asks = (line: readonly LinePart[]) => ruleWords(rules[ruleOfLine(line) ?? ''] ?? '');
  if (!lines.length) return <Note tone="done" icon="check">{words.changes.none}</Note>;
  return (
    <>
      {byEffect(lines, effects).map((group) => (
        <section key={group.effect}>
          <h2 class={group.effect === 'stops' ? 'agreement-late' : ''}>{words.changes.effects[group.effect](group.lines.length)}</h2>
          <ul class="agreement-lines">
            {group.lines.slice(0, MOST).map((line, index) => (
              <li key={index} class={group.effect === 'stops' ? 'late' : 'plain'}><span class="grow">{spokenLine(line)}{asks(line) && <small class="muted agreement-below">{asks(line)}</small>}</span></li>
            ))}
          </ul>
          {group.lines.length > MOST && <p class="muted small">{words.changes.more(group.lines.length - MOST)}</p>}
        </section>
      ))}
    </>
  );
}
