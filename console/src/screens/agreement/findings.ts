/** What a check of an agreement's text found, and what a draft changes. */

/** A fault or a warning with its place, lines and columns from 1. */
export interface Finding {
  field: string;
  detail: string;
  line?: number | undefined;
  column?: number | undefined;
}

export type Effect = 'stops' | 'decides' | 'other';

export interface Effects {
  stops: number;
  decides: number;
  other: number;
}

/** Returns the lines of differences by their effect, the gravest first; the API sends them in this order. */
export function byEffect<Line>(lines: readonly Line[], effects: Effects): { effect: Effect; lines: Line[] }[] {
  const decides = effects.stops + effects.decides;
  const groups: { effect: Effect; lines: Line[] }[] = [
    { effect: 'stops', lines: lines.slice(0, effects.stops) },
    { effect: 'decides', lines: lines.slice(effects.stops, decides) },
    { effect: 'other', lines: lines.slice(decides) },
  ];
  return groups.filter((each) => each.lines.length > 0);
}
