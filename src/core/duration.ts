/** A length of time as users write it: `'500ms'`, `'5s'`, `'1.5s'`, `'2m'`. */
export type Duration = `${number}ms` | `${number}s` | `${number}m` | `${number}h`

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const

/** Milliseconds, or `undefined` when the text is no duration. */
export function tryMs(text: unknown): number | undefined {
  const match = typeof text === 'string' ? /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim()) : null
  return match ? Number(match[1]) * unitMs[match[2] as keyof typeof unitMs] : undefined
}

/** Milliseconds of a duration that was validated before. Throws `RangeError` otherwise. */
export function ms(duration: Duration): number {
  const value = tryMs(duration)
  if (value === undefined)
    throw new RangeError(`"${String(duration)}" is no duration; write it as '500ms', '5s' or '2m'`)
  return value
}

/** `850` → `'850 ms'`, `5200` → `'5.2 s'`, `64000` → `'1 min 4 s'`. */
export function formatMs(value: number): string {
  // Bounds where rounding would say "1000 ms" or "60 s".
  if (value < 999.5) return `${Math.round(value)} ms`
  if (value < 59_950) return `${Number((value / 1_000).toFixed(1))} s`
  const seconds = Math.round(value / 1_000)
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
