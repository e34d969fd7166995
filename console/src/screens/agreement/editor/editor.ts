/** The editor of an agreement's text: CodeMirror in a shadow root, which keeps its styles within the page's CSP. */
import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, undo, undoDepth } from '@codemirror/commands';
import { yaml, yamlLanguage } from '@codemirror/lang-yaml';
import { ensureSyntaxTree, syntaxHighlighting, syntaxTree } from '@codemirror/language';
import { type Diagnostic, nextDiagnostic, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import type { Tree } from '@lezer/common';
import type { Finding } from '../findings.ts';
import { completionOf } from './completion.ts';
import type { Schema } from './schema.ts';
import { colours, theme } from './theme.ts';

export interface Editor {
  /** Puts another text in its place; it can be undone. */
  replace: (text: string) => void;
  /** Marks faults and warnings at their places. */
  mark: (faults: readonly Finding[], warnings: readonly Finding[]) => void;
  /** Puts the cursor to a line and column, from 1, and shows it in the middle. */
  goTo: (line: number, column?: number) => void;
  /** Selects the next place of a word, or the one before, and tells which of how many that is; 0 if there is none. */
  find: (word: string, backwards?: boolean) => { at: number; of: number };
  focus: () => void;
  /** Proposes by a schema from now on. */
  know: (schema: Schema) => void;
  text: () => string;
  /** Returns the tree of the whole text, or of another one. */
  tree: (other?: string) => Tree;
  /** Changes places of the text as if they were typed there; it is heard of at once. */
  change: (changes: readonly Change[]) => void;
  undo: () => void;
  mayUndo: () => boolean;
  close: () => void;
}

/** What stands in a place of the text from now on. */
export interface Change {
  from: number;
  to: number;
  insert: string;
}

export interface EditorOptions {
  text: string;
  /** What it is called by those who hear it. */
  label: string;
  readOnly?: boolean;
  /** Hears the whole text, at most once in a sixth of a second while somebody types, and when the editor closes. */
  onChange?: (text: string) => void;
  /** Hears that somebody wants to search. */
  onFind?: () => void;
}

const QUIET = 160;
/** So many milliseconds a text may take to be read as a whole. */
const PATIENCE = 1000;

/** Opens an editor in an element. */
export function openEditor(host: HTMLElement, { text, label, readOnly = false, onChange, onFind }: EditorOptions): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const proposing = new Compartment();
  const telling = told(onChange);
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), history(), drawSelection(), highlightActiveLine(),
        yaml(), syntaxHighlighting(colours), theme, proposing.of([]),
        EditorState.tabSize.of(2), EditorView.lineWrapping,
        EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly),
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off', tabindex: '0' }),
        EditorView.updateListener.of((update) => { if (update.docChanged) telling.later(update.state.doc); }),
        keymap.of([{ key: 'F8', run: nextDiagnostic }, { key: 'Mod-f', run: () => { onFind?.(); return !!onFind; } }, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      ],
    }),
  });
  const silence = (event: KeyboardEvent) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); };
  host.addEventListener('keydown', silence);
  return {
    replace: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next }, userEvent: 'input' }),
    mark: (faults, warnings) => view.dispatch(setDiagnostics(view.state, [
      ...diagnostics(view.state.doc, faults, 'error'), ...diagnostics(view.state.doc, warnings, 'warning'),
    ])),
    goTo: (line, column = 1) => {
      const at = positionOf(view.state.doc, line, column);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      view.focus();
    },
    find: (word, backwards = false) => {
      const places = placesOf(view.state.doc.toString(), word);
      const { from, to } = view.state.selection.main;
      const next = backwards ? places.findLast((each) => each < from) ?? places.at(-1) : places.find((each) => each >= to) ?? places[0];
      if (next === undefined) return { at: 0, of: 0 };
      view.dispatch({ selection: { anchor: next, head: next + word.length }, effects: EditorView.scrollIntoView(next, { y: 'center' }) });
      return { at: places.indexOf(next) + 1, of: places.length };
    },
    focus: () => view.focus(),
    know: (schema) => view.dispatch({
      effects: proposing.reconfigure(autocompletion({ override: [completionOf(schema)], icons: false })),
    }),
    text: () => view.state.doc.toString(),
    tree: (other) => (other === undefined ? ensureSyntaxTree(view.state, view.state.doc.length, PATIENCE) ?? syntaxTree(view.state) : yamlLanguage.parser.parse(other)),
    change: (changes) => {
      view.dispatch({ changes, userEvent: 'input.type' });
      telling.now();
    },
    undo: () => {
      undo(view);
      telling.now();
    },
    mayUndo: () => undoDepth(view.state) > 0,
    close: () => {
      telling.now();
      host.removeEventListener('keydown', silence);
      view.destroy();
    },
  };
}

/** Returns what CodeMirror marks: from the finding's place to the end of the word, or of the line. */
export function diagnostics(doc: Text, findings: readonly Finding[], severity: 'error' | 'warning'): Diagnostic[] {
  return findings.filter((each) => each.line !== undefined).map(({ line = 1, column = 1, detail }) => {
    const from = positionOf(doc, line, column);
    const rest = doc.lineAt(from).text.slice(from - doc.lineAt(from).from);
    const length = /^(?:"[^"]*"|'[^']*'|[^\s,\]}:]+)/.exec(rest)?.[0].length ?? rest.length;
    return { from, to: from + length, severity, message: detail };
  });
}

/** Returns where a word stands in a text, whatever its capitals; at most ten thousand places. */
export function placesOf(text: string, word: string): number[] {
  const places: number[] = [];
  const [within, wanted] = [text.toLowerCase(), word.toLowerCase()];
  for (let at = wanted ? within.indexOf(wanted) : -1; at >= 0 && places.length < 10_000; at = within.indexOf(wanted, at + wanted.length)) places.push(at);
  return places;
}

function positionOf(doc: Text, line: number, column: number): number {
  const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(found.from + Math.max(column, 1) - 1, found.to);
}

function told(onChange: ((text: string) => void) | undefined): { later: (doc: Text) => void; now: () => void } {
  let waiting: { doc: Text; timer: ReturnType<typeof setTimeout> } | undefined;
  const now = () => {
    if (!waiting) return;
    clearTimeout(waiting.timer);
    const { doc } = waiting;
    waiting = undefined;
    onChange?.(doc.toString());
  };
  return {
    now,
    later: (doc) => {
      if (waiting) clearTimeout(waiting.timer);
      waiting = { doc, timer: setTimeout(now, QUIET) };
    },
  };
}
