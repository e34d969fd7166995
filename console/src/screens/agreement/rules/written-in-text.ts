/** Reads the values and rules of the text in an editor, and writes them there. */
import type { Editor } from '../editor/editor.ts';
import { agreementSchema } from '../editor/editor-schema.ts';
import { type AgreedRule, least, switched, type Terms, termsIn, written } from './values.ts';

/** Returns the values and rules of the text as it stands, or of another text. */
export function termsOf(editor: Editor, other?: string): Terms {
  return termsIn(editor.tree(other), other ?? editor.text(), agreementSchema);
}

/** Writes a value in its place, found anew by its path; nothing else of the text changes. */
export function writeValue(editor: Editor, path: string, typed: string): void {
  const value = termsOf(editor).values.find((each) => each.path.join('.') === path);
  if (value) editor.change([least(editor.text(), written(editor.text(), value, typed))]);
}

/** Strikes a rule, or takes it back. */
export function switchRule(editor: Editor, { section, id }: AgreedRule): void {
  const rule = termsOf(editor).rules.find((each) => each.section === section && each.id === id);
  if (rule) editor.change(switched(editor.tree(), editor.text(), rule));
}
