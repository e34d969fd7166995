/** What became of a lead while a form about it was open. */
export const meanwhile = {
  title: 'Meanwhile:',
  by: (who: string) => `, ${who}`,
  kept: 'What you typed is still here; nothing is sent until you press.',
  joined: (email: string) => `It was merged into ${email}.`,
  address: (email: string) => `It is written to at ${email} now.`,
  merged: (email: string) => `${email} was merged into it.`,
  has: (owner: string) => `${owner} has it now.`,
  gave: (by: string, owner: string) => `${by} gave it to ${owner}.`,
  waits: 'It waits for somebody now.',
  over: (state: string) => `Sales does not have it any more: ${state}.`,
  overBy: (state: string, by: string) => `Sales does not have it any more: ${state}, by ${by}.`,
  is: (state: string) => `It stands at “${state}” now.`,
  contact: (what: string) => `A contact was logged: ${what}.`,
  learned: (need: string, value: string) => `${need}: ${value}.`,
  held: (by: string) => `${by} holds it back from sales.`,
  released: 'It is not held back any more.',
};
