/** Writes the HTML of a form that works from any website, without script and cookie. Pure. */

export interface FormField {
  name: string;
  label: string;
  kind: 'email' | 'line' | 'text' | 'phone' | 'country' | 'identifier' | 'consent';
  needed: boolean;
  max_length: number;
}

export interface Form {
  name: string;
  label: string;
  asks_for_a_person: boolean;
  honeypot: string;
  return_pages: readonly string[];
  fields: readonly FormField[];
}

export interface Words {
  needed: string;
  send: string;
  empty: string;
  /** The labels of usual fields, better than their names. */
  labels: Readonly<Record<string, string>>;
}

const COMPLETED: Readonly<Record<string, string>> = {
  email: 'email', first_name: 'given-name', last_name: 'family-name', title: 'organization-title', company: 'organization',
  phone: 'tel', country: 'country-name',
};
const TYPES: Readonly<Partial<Record<FormField['kind'], string>>> = { email: 'email', phone: 'tel' };

/** Returns the label of a field. */
export function labelOf(field: FormField, words: Words): string {
  return words.labels[field.name] ?? field.label;
}

/** Returns the page that visitors are sent to, as far as one is agreed. */
export function returnPage(form: Form): string | undefined {
  return form.return_pages[0];
}

/** Returns the HTML of a form; `api` is the API's address, without a slash at its end. */
export function snippet(form: Form, api: string, words: Words): string {
  const page = returnPage(form);
  return [
    `<form method="post" action="${escaped(`${api}/forms/${form.name}`)}" data-baton>`,
    ...form.fields.flatMap((field) => inputs(form, field, words)),
    '  <div hidden>',
    `    <label>${escaped(words.empty)} <input name="${escaped(form.honeypot)}" tabindex="-1" autocomplete="off"></label>`,
    '  </div>',
    ...(page ? [`  <input type="hidden" name="return_to" value="${escaped(page)}">`] : []),
    `  <button>${escaped(words.send)}</button>`,
    '</form>',
  ].join('\n');
}

function inputs(form: Form, field: FormField, words: Words): string[] {
  const label = escaped(labelOf(field, words));
  const id = escaped(`${form.name}-${field.name}`);
  const name = `id="${id}" name="${escaped(field.name)}"`;
  if (field.kind === 'consent') return [`  <label><input type="checkbox" name="${escaped(field.name)}" value="yes"> ${label}</label>`];
  if (field.kind === 'identifier') return [`  <input type="hidden" name="${escaped(field.name)}" value="">`];
  const completed = COMPLETED[field.name] ? ` autocomplete="${COMPLETED[field.name]}"` : '';
  const rest = `${completed} maxlength="${field.max_length}"${field.needed ? ' required' : ''}`;
  const control = field.kind === 'text' ? `<textarea ${name} rows="5"${rest}></textarea>` : `<input ${name} type="${TYPES[field.kind] ?? 'text'}"${rest}>`;
  return [`  <label for="${id}">${label}${field.needed ? ` (${escaped(words.needed)})` : ''}</label>`, `  ${control}`];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
