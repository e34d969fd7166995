/** What people call the codes that the API gives no label for. */
export const needs = { budget: 'Budget', authority: 'Authority', need: 'Need', timeline: 'Timeline' };

export const outcomes = { reached: 'Reached', no_answer: 'No answer', left_message: 'Left a message', wrong_number: 'Wrong number' };

export const contactChannels = { phone: 'Phone', email: 'E-mail', meeting: 'Meeting', message: 'Message', other: 'Other' };

export const stages = { lead: 'Lead', mql: 'MQL', sql: 'SQL', customer: 'Customer' };

export const states = { offered: 'Offered', accepted: 'Accepted', contacted: 'Contacted', returned: 'Returned', won: 'Won', lost: 'Lost' };

/** Returns a code that has no label in words: `Page viewed` of `page_viewed`. */
export function plainWords(code: string): string {
  const words = code.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Returns the label of a code, or the code in words if there is none. */
export function labelOf(labels: Readonly<Record<string, string>>, code: string | null | undefined): string {
  return code ? (labels[code] ?? plainWords(code)) : '';
}
