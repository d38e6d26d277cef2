import { randomBytes, randomInt } from 'node:crypto'

/** `20261121-084837-x7k2`: sorts by time, and two at once differ. */
export function newRunId(now = new Date()): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
  return `${stamp}-${randomBytes(2).toString('hex')}`
}

/** Short enough to be typed again. */
export function newSeed(): number {
  return randomInt(1, 1_000_000)
}

/** `2026-11-21`, by UTC: a waiver ends everywhere at once. */
export function today(now = new Date()): string {
  return now.toISOString().slice(0, 10)
}
