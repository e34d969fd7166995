/** Words of the trial that follows what somebody writes. */
const leads = (count: number) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'lead' : 'leads'}`;
const number = (value: number) => value.toLocaleString('en-GB', { maximumFractionDigits: 1 });

export const quickTrial = {
  title: 'While you write',
  coming: 'Trying it on your newest leads…',
  behind: 'Below is an earlier text; this one is being tried.',
  faulty: 'The text has faults, so it is not tried. Mend them, and this goes on.',
  about: (count: number, version: number, more: boolean) => `${more ? 'Your newest' : 'All'} ${leads(count)}, tried against version ${version}; known since`,
  none: 'No lead has become known in the last half year. Once leads come in by a form, a tool or a list, you see here who would go to sales.',
  same: (either: number, neither: number) => `The same leads go to sales as today: ${number(either)} of them; ${number(neither)} do not.`,
  unchanged: (either: number, neither: number) => `The others stay as they are: ${number(either)} go to sales either way, ${number(neither)} neither way.`,
  newly: (count: number) => `Newly to sales: ${leads(count)}`,
  noLonger: (count: number) => `No longer to sales: ${leads(count)}`,
  became: {
    won: 'won', lost: 'lost', returned: 'given back', open: 'sales is on it', unknown: 'sales never had them',
  } as Record<string, string>,
  returned: (reason: string) => `given back: ${reason}`,
  erased: 'Somebody who was erased',
  all: 'Show all',
  fewer: 'Show fewer',
  further: (count: number) => `and ${leads(count)} more, without names here`,
  load: (team: string, draft: number, today: number, days: number) => {
    const ofThem = draft === today ? `${team} would get ${number(draft)} of them, as many as today` : `${team} would get ${number(draft)} of them instead of ${number(today)}`;
    if (!days) return `${ofThem}.`;
    return draft === today ? `${ofThem}: ${number(draft / days)} on a working day.` : `${ofThem}: ${number(draft / days)} on a working day instead of ${number(today / days)}.`;
  },
  leftOut: (reasons: string) => `Left out: ${reasons}.`,
  sample: 'This is a sample, of leads that are often still open. Sign by the trial of all leads below.',
};
