const units = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' } as const;

/** Words within sentences of the API, where it has codes. */
export const sentences = {
  points: (rule: string, points: number) => `${rule.charAt(0).toUpperCase()}${rule.slice(1)}: ${points > 0 ? '+' : ''}${String(points).replace('-', '−')} ${Math.abs(points) === 1 ? 'point' : 'points'}`,
  withOneOf: (told: string[]) => `with ${told.length > 1 ? `${told.slice(0, -1).join(', ')} or ${told.at(-1)}` : told[0] ?? ''} in it`,
  spelt: (count: number, of: keyof typeof units) => `${count} ${units[of]}${count === 1 ? '' : 's'}`,
  another: 'with another address',
  label: (label: string) => `“${label}”`,
};
