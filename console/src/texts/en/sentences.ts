/** Words within sentences of the API, where it has codes. */
export const sentences = {
  points: (rule: string, points: number) => `${rule.charAt(0).toUpperCase()}${rule.slice(1)}: ${points > 0 ? '+' : ''}${String(points).replace('-', '−')} ${Math.abs(points) === 1 ? 'point' : 'points'}`,
  label: (label: string) => `“${label}”`,
};
