/** Figures as reports print them: enough digits to tell the interval's ends apart, and no more. */

/** `0.05` → `'5 %'`, `0.0001` → `'0.01 %'`; for bounds, as the user wrote them. */
export function bound(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`
}

/** `0.194` → `'19.4 %'`; the narrower the interval around it, the more digits. */
export function percent(share: number, interval: readonly [number, number]): string {
  return `${(share * 100).toFixed(digits(interval))} %`
}

/** `[0.16, 0.231]` → `'16.0–23.1 %'` */
export function percents(interval: readonly [number, number]): string {
  const [low, high] = interval.map((end) => (end * 100).toFixed(digits(interval)))
  return `${low}–${high} %`
}

function digits([low, high]: readonly [number, number]): number {
  const width = (high - low) * 100
  return width > 0 ? Math.min(6, Math.max(1, 1 - Math.floor(Math.log10(width)))) : 1
}

/** `1` → `'1 response'`, `1200` → `'1,200 responses'` */
export function responses(count: number): string {
  return amount(count, 'response')
}

/** `(2, 'reading')` → `'2 readings'` */
export function amount(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`
}

export function whole(count: number): string {
  return count.toLocaleString('en-US')
}

/** `1.904` → `'1.90'` */
export function factor(value: number): string {
  return value.toFixed(2)
}
