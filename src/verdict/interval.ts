import jstat from 'jstat'

/**
 * The exact interval around a share, `hits` of `n`: it misses the true share in at most half of `1 - confidence` on
 * either side, whatever the share and however small `n`. Without a single response it is [0, 1].
 * Throws `RangeError` unless `hits` is a whole number from 0 to `n`.
 */
export function clopperPearson(hits: number, n: number, confidence = 0.95): [number, number] {
  if (!Number.isInteger(hits) || !Number.isInteger(n) || hits < 0 || hits > n)
    throw new RangeError(`${hits} of ${n} is no share`)
  const tail = (1 - confidence) / 2
  return [lowerLimit(hits, n, tail), upperLimit(hits, n, tail)]
}

/** Smallest number of responses in which so many violations still prove that their share is at most `maxViolationShare`. */
export function responsesToKeep(maxViolationShare: number, violations = 0, confidence = 0.95): number {
  if (maxViolationShare <= 0) return Infinity
  const enoughIn = (n: number) => keeps(violations, n, maxViolationShare, confidence)
  let enough = Math.max(1, violations)
  while (!enoughIn(enough)) enough *= 2
  return smallest(violations, enough, enoughIn)
}

/** How many violations in `n` responses still prove it; -1 when even none is too many. */
export function violationsTolerated(n: number, maxViolationShare: number, confidence = 0.95): number {
  const tooMany = (violations: number) => violations > n || !keeps(violations, n, maxViolationShare, confidence)
  return smallest(-1, n + 1, tooMany) - 1
}

/** Smallest number of violations in `n` responses that proves that their share is above `maxViolationShare`. */
export function violationsToBreak(n: number, maxViolationShare: number, confidence = 0.95): number {
  const enough = (violations: number) =>
    violations > n || clopperPearson(violations, n, confidence)[0] > maxViolationShare
  return smallest(-1, n + 1, enough)
}

function keeps(violations: number, n: number, maxViolationShare: number, confidence: number): boolean {
  return n > 0 && clopperPearson(violations, n, confidence)[1] <= maxViolationShare
}

function lowerLimit(hits: number, n: number, tail: number): number {
  if (hits === 0) return 0
  if (hits === n) return tail ** (1 / n)
  return jstat.beta.inv(tail, hits, n - hits + 1)
}

function upperLimit(hits: number, n: number, tail: number): number {
  if (hits === n) return 1
  if (hits === 0) return -Math.expm1(Math.log(tail) / n)
  return jstat.beta.inv(1 - tail, hits + 1, n - hits)
}

/** Smallest whole number in (below, until] for which `holds`, which stays true once it is and is true of `until`. */
function smallest(below: number, until: number, holds: (value: number) => boolean): number {
  let [no, yes] = [below, until]
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2)
    if (holds(middle)) yes = middle
    else no = middle
  }
  return yes
}
