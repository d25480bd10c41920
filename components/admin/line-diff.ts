/** One line of a side-by-side view. A side that has no such line is undefined. */
export type DiffLine = { kind: "same" | "changed"; left: string | undefined; right: string | undefined };

/** Cells of the comparison table that we are willing to fill; beyond it the middle is shown as replaced whole. */
const mostCells = 2_000_000;

/** Lines of two texts beside each other: equal ones on one level, by the longest common subsequence. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const left = before.split("\n");
  const right = after.split("\n");
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  const shorter = Math.min(left.length, right.length) - start;
  while (end < shorter && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  return [
    ...left.slice(0, start).map(sameLine),
    ...middleDiff(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...left.slice(left.length - end).map(sameLine),
  ];
}

const sameLine = (line: string): DiffLine => ({ kind: "same", left: line, right: line });

function middleDiff(left: readonly string[], right: readonly string[]): DiffLine[] {
  if (left.length * right.length > mostCells) return pairLines(left, right);
  const common = commonLengths(left, right);
  const lines: DiffLine[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length || r < right.length) {
    const leftLine = left[l];
    const rightLine = right[r];
    if (leftLine !== undefined && leftLine === rightLine) {
      lines.push(...pairLines(removed, added), sameLine(leftLine));
      removed = [];
      added = [];
      l += 1;
      r += 1;
    } else if (
      rightLine === undefined ||
      (leftLine !== undefined && lengthAt(common, l + 1, r) >= lengthAt(common, l, r + 1))
    ) {
      if (leftLine !== undefined) removed.push(leftLine);
      l += 1;
    } else {
      added.push(rightLine);
      r += 1;
    }
  }
  return [...lines, ...pairLines(removed, added)];
}

const lengthAt = (table: readonly Uint32Array[], l: number, r: number) => table[l]?.[r] ?? 0;

/** Length of the longest common subsequence of `left` from l on and `right` from r on, for every l and r. */
function commonLengths(left: readonly string[], right: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1));
  for (let l = left.length - 1; l >= 0; l -= 1) {
    const row = table[l];
    if (!row) continue;
    for (let r = right.length - 1; r >= 0; r -= 1) {
      row[r] =
        left[l] === right[r] ? lengthAt(table, l + 1, r + 1) + 1 : Math.max(lengthAt(table, l + 1, r), row[r + 1] ?? 0);
    }
  }
  return table;
}

/** Removed lines beside the added ones that took their place. */
function pairLines(removed: readonly string[], added: readonly string[]): DiffLine[] {
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, index) => ({
    kind: "changed",
    left: removed[index],
    right: added[index],
  }));
}
