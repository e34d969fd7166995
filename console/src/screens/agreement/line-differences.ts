/** Compares two texts line by line, such as a draft as one typed it with what a colleague made of it meanwhile. */

/** A line of either text: `same` in both, `mine` or `theirs` only in one. `skipped` counts lines that are left out. */
export interface Line {
  kind: 'same' | 'mine' | 'theirs' | 'skipped';
  text: string;
  count: number;
}

const AROUND = 2;
const MOST_CELLS = 4_000_000;

/** Returns the lines that differ, with two lines around each place; the same texts give none. */
export function lineDifferences(mine: string, theirs: string): Line[] {
  if (mine === theirs) return [];
  const [one, other] = [mine.split('\n'), theirs.split('\n')];
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < one.length - start && end < other.length - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const middle = between(one.slice(start, one.length - end), other.slice(start, other.length - end));
  return shortened([...one.slice(0, start).map(same), ...middle, ...one.slice(one.length - end).map(same)]);
}

const same = (text: string): Line => ({ kind: 'same', text, count: 1 });
const mineOnly = (text: string): Line => ({ kind: 'mine', text, count: 1 });
const theirsOnly = (text: string): Line => ({ kind: 'theirs', text, count: 1 });

/** Returns both runs of lines in one, by their longest common subsequence; as two blocks if that takes too long. */
function between(one: string[], other: string[]): Line[] {
  if (one.length * other.length > MOST_CELLS) return [...other.map(theirsOnly), ...one.map(mineOnly)];
  const width = other.length + 1;
  const longest = new Uint32Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      longest[at] = one[i] === other[j]
        ? (longest[at + width + 1] ?? 0) + 1
        : Math.max(longest[at + width] ?? 0, longest[at + 1] ?? 0);
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < one.length && j < other.length) {
    const at = i * width + j;
    if (one[i] === other[j]) { lines.push(same(one[i] ?? '')); i += 1; j += 1; }
    else if ((longest[at + 1] ?? 0) >= (longest[at + width] ?? 0)) { lines.push(theirsOnly(other[j] ?? '')); j += 1; }
    else { lines.push(mineOnly(one[i] ?? '')); i += 1; }
  }
  return [...lines, ...one.slice(i).map(mineOnly), ...other.slice(j).map(theirsOnly)];
}

function shortened(lines: Line[]): Line[] {
  const near = (index: number) => lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some((each) => each.kind !== 'same');
  const kept: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const last = kept.at(-1);
    if (line.kind !== 'same' || near(index)) kept.push(line);
    else if (last?.kind === 'skipped') last.count += 1;
    else kept.push({ kind: 'skipped', text: '', count: 1 });
  }
  return kept;
}
