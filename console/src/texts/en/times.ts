/** Words of times and spans, and the locale by which dates are written. */
export const locale = 'en-GB';

export const units = {
  moment: 'less than a minute',
  minutes: (count: number) => `${count} min`,
  hours: (hours: number, minutes: number) => (minutes ? `${hours} h ${minutes} min` : `${hours} h`),
  days: (days: number, hours: number) => `${days} ${days === 1 ? 'day' : 'days'}${hours ? ` ${hours} h` : ''}`,
  weeks: (weeks: number) => `${weeks} weeks`,
  due: (span: string) => `due in ${span}`,
  dueNow: 'due now',
  overdue: (span: string) => `overdue by ${span}`,
  ago: (span: string) => `${span} ago`,
  ahead: (span: string) => `in ${span}`,
  now: 'just now',
  inZone: (moment: string, zone: string) => `${moment} in ${zone}`,
};
