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
