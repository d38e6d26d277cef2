import type { Matcher, MatcherSet, Rule } from '../model.ts'
import type { PathStep } from '../path.ts'

/** A rule that fits the way to a place so far, and how well: the product of what its steps weigh. */
interface Fit {
  readonly rule: Rule
  readonly weight: number
}

/** The rule that decides at a place. `cascaded`: it stands higher up, and has no other below it. */
export interface Chosen extends MatcherSet {
  readonly cascaded: boolean
}

/**
 * The rules that can have a say at a place or below it. One walks down with `at`, so that no path is compared twice; a key
 * and an index are both text, as a rule `$.list[0]` is also meant for the key "0".
 */
export class Rules {
  readonly #depth: number
  /** Those that are about this place or one above it, and those that have steps left. */
  readonly #here: readonly Fit[]
  readonly #below: readonly Fit[]

  private constructor(depth: number, fits: readonly Fit[]) {
    this.#depth = depth
    this.#here = fits.filter(({ rule }) => rule.path.length <= depth)
    this.#below = fits.filter(({ rule }) => rule.path.length > depth)
  }

  /** At the root. Rules that demand nothing are none. */
  static of(rules: readonly Rule[]): Rules {
    const fits = rules.filter(({ matchers }) => matchers.length > 0).map((rule) => ({ rule, weight: 2 }))
    return new Rules(0, fits)
  }

  /** At a collection each of whose values must meet the same matchers, whatever other rules say. */
  static forEach(matchers: readonly Matcher[]): Rules {
    return Rules.of([{ path: ['*'], combine: 'AND', matchers }])
  }

  at(key: string): Rules {
    const depth = this.#depth
    const fits = this.#below.map(({ rule, weight }) => ({ rule, weight: weight * weigh(rule.path[depth], key) }))
    return new Rules(depth + 1, [...this.#here, ...fits.filter(({ weight }) => weight > 0)])
  }

  /**
   * The best of those that apply: the greatest weight times length. The reference leaves open which of equals wins; here it
   * is the longer, then the later one.
   */
  get chosen(): Chosen | null {
    const worth = ({ rule, weight }: Fit) => weight * (rule.path.length + 1)
    const best = this.#here.reduce<Fit | null>((champion, fit) => {
      if (champion === null) return fit
      const ahead = worth(fit) - worth(champion) || fit.rule.path.length - champion.rule.path.length
      return ahead >= 0 ? fit : champion
    }, null)
    if (best === null) return null
    const { combine, matchers, path } = best.rule
    return { combine, matchers, cascaded: path.length < this.#depth }
  }

  /** All that are about this very place. */
  get exact(): readonly MatcherSet[] {
    return this.#here.filter(({ rule }) => rule.path.length === this.#depth).map(({ rule }) => rule)
  }

  /** The keys that rules single out here: all others fare alike. */
  get named(): ReadonlySet<string> {
    const steps = this.#below.flatMap(({ rule }) => rule.path[this.#depth] ?? [])
    return new Set(
      steps.flatMap((step) => (typeof step === 'string' ? [] : 'field' in step ? [step.field] : [String(step.index)])),
    )
  }
}

function weigh(step: PathStep | undefined, key: string): number {
  if (step === undefined) return 0
  if (step === '*') return 1
  if (step === '[*]') return isIndex(key) ? 1 : 0
  if ('field' in step) return step.field === key ? 2 : 0
  return isIndex(key) && Number(key) === step.index ? 2 : 0
}

function isIndex(key: string): boolean {
  return /^\+?\d+$/.test(key)
}
