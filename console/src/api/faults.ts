/** What can go wrong with a call, in one shape for all screens. */
import { faults as words } from '#texts/faults.ts';
import { asSentence, capital, hereTold } from '../format/sentences.ts';

export type FaultKind =
  | 'offline' | 'slow' | 'busy' | 'broken' | 'forbidden' | 'absent' | 'conflict' | 'invalid' | 'session' | 'other';

/** A call that failed: what to tell, and what the API says of single fields. */
export class Fault extends Error {
  readonly kind: FaultKind;
  readonly status: number;
  /** What happened, in one line. */
  readonly title: string;
  /** What would do. */
  readonly detail: string;
  /** The API's words on single fields, by the field's name. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(kind: FaultKind, status = 0, title?: string, detail?: string, fields: Record<string, string> = {}) {
    super(title ?? words[kind].title);
    this.name = 'Fault';
    this.kind = kind;
    this.status = status;
    this.title = title ?? words[kind].title;
    this.detail = detail ?? words[kind].detail;
    this.fields = fields;
  }

  /** Whether the same call may succeed if it is made again. */
  get passing(): boolean {
    return ['offline', 'slow', 'busy', 'broken'].includes(this.kind);
  }
}

interface Problem {
  type?: unknown;
  title?: unknown;
  detail?: unknown;
  errors?: unknown;
}

/** Returns the fault of an answer that is none of 2xx or 304; `body` is whatever came as JSON. */
export function faultOf(status: number, body: unknown): Fault {
  const kind = kindOf(status);
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Problem;
  const told = (each: unknown) => (typeof each === 'string' && each ? each : undefined);
  if (kind === 'busy' || kind === 'broken' || kind === 'session') return new Fault(kind, status);
  const title = problem.type === 'about:blank' ? undefined : told(problem.title);
  return new Fault(kind, status, title && capital(title), more(kind, here(told(problem.detail))), fieldsOf(problem.errors));
}

function kindOf(status: number): FaultKind {
  if (status === 401) return 'session';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'absent';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 429) return 'busy';
  if (status >= 500) return 'broken';
  return status === 400 || status === 413 || status === 422 ? 'invalid' : 'other';
}

function fieldsOf(errors: unknown): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const each of Array.isArray(errors) ? errors : []) {
    if (typeof each?.field === 'string' && typeof each?.detail === 'string') fields[each.field] ??= here(each.detail) ?? '';
  }
  return fields;
}

/** Tells the moments of what is said in the reader's zone. */
function here(words: string | undefined): string | undefined {
  return words && hereTold(words, Date.now());
}

/** Returns what the API says as a sentence, with what the reader can do where only we know it. */
function more(kind: FaultKind, detail: string | undefined): string | undefined {
  if (!detail) return undefined;
  return [asSentence(detail), kind === 'absent' ? words.absent.detail : kind === 'forbidden' ? words.ask : ''].filter(Boolean).join(' ');
}
