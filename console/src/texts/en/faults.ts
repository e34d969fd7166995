/** What is said of calls that fail, where the API does not say it better. */
export const faults = {
  offline: { title: 'No connection', detail: 'Nothing that you typed is lost.' },
  slow: { title: 'No answer in time', detail: 'Baton did not answer within thirty seconds. Try again.' },
  busy: { title: 'Too many calls at once', detail: 'Baton asks to wait a moment. Try again.' },
  broken: { title: 'Baton could not do that now', detail: 'It is not your doing. Try again in a moment.' },
  forbidden: { title: 'You may not do that', detail: 'Your group does not allow it. Ask an administrator.' },
  absent: { title: 'That is not there', detail: 'It may have been erased, merged or withdrawn.' },
  conflict: { title: 'Somebody was faster', detail: 'It has changed meanwhile. Look at it again.' },
  invalid: { title: 'Something is not right yet', detail: 'Look at the marked fields.' },
  session: { title: 'You are signed out', detail: 'Sign in again; nothing that you typed is lost.' },
  other: { title: 'That did not work', detail: 'Try again.' },
  ask: 'Ask an administrator.',
  again: 'Try again',
  stale: 'What you see is older.',
};
