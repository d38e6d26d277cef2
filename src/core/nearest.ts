/** The known name that `name` was most likely meant to be, whatever its case; `undefined` when none is close. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.min(3, Math.max(1, Math.floor(name.length * 0.4))) + 1
  for (const candidate of known) {
    const typos = distance(name.toLowerCase(), candidate.toLowerCase())
    if (typos < least) [best, least] = [candidate, typos]
  }
  return best
}

/** A hint for a name that is none of those known: `did you mean "redis"?`, or all that there is. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  return near === undefined ? `known: ${known.join(', ') || 'none'}` : `did you mean "${near}"?`
}

/** Letters to insert, drop, replace or swap with their neighbour to make one word of the other (optimal string alignment). */
function distance(a: string, b: string): number {
  const width = b.length + 1
  const table: number[] = []
  const at = (i: number, j: number) => table[i * width + j] ?? 0
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) {
        table.push(i + j)
        continue
      }
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = swaps ? at(i - 2, j - 2) + 1 : Infinity
      table.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped))
    }
  }
  return at(a.length, b.length)
}
