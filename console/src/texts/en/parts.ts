/** Words of the parts that all screens share. */
export const list = {
  next: 'Next one',
  previous: 'Previous one',
  open: 'Go to the selected one',
  fresh: (count: number) => `${count} new: show`,
  more: 'Show more',
};

export const split = {
  back: 'Back to the list',
  previous: 'Previous',
  next: 'Next',
  place: (at: number, of: number) => `${at} of ${of}`,
};

export const progress = (done: number, of: number) => `${done} of ${of}`;
/** How much of something that nobody counts, such as bytes, is done. */
export const share = (done: number, of: number) => `${of ? Math.min(100, Math.floor((100 * done) / of)) : 0} %`;

export const chart = { table: 'As a table', when: 'When' };

export const toast = { undo: 'Undo', dismiss: 'Dismiss' };

export const both = {
  changed: 'Somebody has changed it meanwhile',
  detail: 'What you typed is still here, and this differs. All else is as it is now.',
  who: { mine: 'You', theirs: 'They' },
  nothing: 'nothing',
  mine: 'Keep mine',
  theirs: 'Take theirs',
};

export const dialog = { close: 'Close' };
