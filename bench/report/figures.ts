/** What a bench found. Its key in docs/performance.md is the name of its file. */
export interface Figures {
  name: string
  /** Who stands beside whom in figures of both. */
  between?: readonly [ours: string, peer: string]
  /** How often both were measured, in turn. */
  rounds?: number
  /** Versions of tools that took part, by name. */
  versions?: Record<string, string>
  /** By what is measured, with its unit: `'p99, µs'`. */
  figures: Record<string, Figure>
}

export type Figure = number | string | Beside

/** One thing measured of both, in turn, once a round. */
export interface Beside {
  ours: readonly number[]
  peer: readonly number[]
}

export function isBeside(figure: Figure): figure is Beside {
  return typeof figure === 'object'
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The value below which `share` of the sorted values lie. */
export function quantile(sorted: readonly number[] | Float64Array, share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN
}

/** Our median by the peer's. */
export function ratio({ ours, peer }: Beside): number {
  return median(ours) / median(peer)
}

/** The median, and behind it from where to where the rounds went: `31.2 (30.1–35)`. */
export function spread(values: readonly number[]): string {
  if (values.length < 2) return format(median(values))
  return `${format(median(values))} (${format(Math.min(...values))}–${format(Math.max(...values))})`
}

/** 1234567 → 1,234,567; 0.01234 → 0.0123; what is no number, as a ratio to 0, → – */
export function format(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return value.toLocaleString(
    'en',
    Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 },
  )
}
