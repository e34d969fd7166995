/** Reads what became of each line of a list. Pure. */

export interface LineResult {
  line: string;
  result: string;
  leadId: string;
  why: string;
}

/** Returns the lines that were not taken as they are, of a CSV file with `line`, `result`, `lead_id` and `why`. */
export function toLookAt(csv: string): LineResult[] {
  const [head = [], ...rows] = cells(csv);
  const at = (name: string) => head.indexOf(name);
  const [line, result, lead, why] = [at('line'), at('result'), at('lead_id'), at('why')];
  return rows
    .filter((row) => row.length > 1)
    .map((row) => ({ line: row[line] ?? '', result: row[result] ?? '', leadId: row[lead] ?? '', why: row[why] ?? '' }))
    .filter((row) => row.why || !['accepted', 'repeated'].includes(row.result));
}

/** Lines of which the same is to be said. */
export interface AlikeLines extends LineResult {
  /** `4`, or `4–9, 12`. */
  lines: string;
}

/** Returns lines to look at with those together that led to no lead for the same reason, in the order of their first. */
export function together(rows: readonly LineResult[]): AlikeLines[] {
  const alike = new Map<string, LineResult[]>();
  for (const row of rows) {
    const key = row.leadId ? row.line : `${row.result}:${row.why}`;
    alike.set(key, [...(alike.get(key) ?? []), row]);
  }
  return [...alike.values()].flatMap((same) => same.slice(0, 1).map((first) => ({ ...first, lines: ranges(same.map((row) => Number(row.line))) })));
}

/** Returns rising numbers with neighbours as a range: `4–9, 12`. */
function ranges(numbers: readonly number[]): string {
  const found: [number, number][] = [];
  for (const each of numbers) {
    const last = found.at(-1);
    if (last && last[1] === each - 1) last[1] = each;
    else found.push([each, each]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** Returns the cells of a CSV file, line by line; quotes may hold commas, line ends and doubled quotes. */
export function cells(csv: string): string[][] {
  const rows: string[][] = [[]];
  const part = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  const text = csv.replace(/^\uFEFF/, '');
  while (part.lastIndex < text.length) {
    const found = part.exec(text);
    if (!found) break;
    rows.at(-1)?.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] !== ',' && part.lastIndex < text.length) rows.push([]);
  }
  return rows;
}
