import { type Piece, digits, number, oneOf } from './piece.ts'
import { isoOffset, localOffset, rfcOffset, zoneId, zoneName } from './zone.ts'

const months = 'january february march april may june july august september october november december'.split(' ')
const days = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ')

/** What a field of a pattern may be, and how many letters it may have at most. */
interface Field {
  readonly most: number
  readonly piece: (count: number) => Piece
}

const of = (most: number, piece: Piece): Field => ({ most, piece: () => piece })
const names = (words: readonly string[], count: number) =>
  oneOf(...(count === 3 ? words.map((word) => word.slice(0, 3)) : words))

const month = number('0[1-9]|1[0-2]', '[1-9]')
const weekday = number('[1-7]', '[1-7]')
const ofQuarter = number('0[1-4]', '[1-4]')
const hourTo23 = number(String.raw`[01]\d|2[0-3]`, String.raw`\d`)
const hourTo24 = number(String.raw`0[1-9]|1\d|2[0-4]`, '[1-9]')
const hourTo12 = month
const hourTo11 = number(String.raw`0\d|1[01]`, String.raw`\d`)
const minute = number(String.raw`[0-5]\d`, String.raw`\d`)
const second = number(String.raw`[0-5]\d|60`, String.raw`\d`)
const day = number(String.raw`0[1-9]|[12]\d|3[01]`, '[1-9]')
const dayOfYear = number(String.raw`00[1-9]|0[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6]`, String.raw`[1-9]\d?|0[1-9]`)
const week = number(String.raw`0[1-9]|[1-4]\d|5[0-6]`, '[1-9]')
const year: Field = { most: Infinity, piece: digits }
const anyDigits = of(Infinity, digits(Infinity))

function quarter(count: number): Piece {
  if (count < 3) return ofQuarter
  return count === 3 ? oneOf('Q1', 'Q2', 'Q3', 'Q4') : oneOf(...['1st', '2nd', '3rd', '4th'].map((n) => `${n} quarter`))
}

const fields: Readonly<Record<string, Field>> = {
  G: of(5, oneOf('AD', 'BC')),
  u: year,
  y: year,
  Y: year,
  D: of(Infinity, dayOfYear),
  M: { most: 5, piece: (count) => (count <= 2 ? month : names(months, count)) },
  L: of(5, month),
  d: of(2, day),
  Q: { most: 5, piece: quarter },
  q: { most: 2, piece: quarter },
  w: of(2, week),
  W: of(2, number('0[1-5]', '[1-5]')),
  F: of(2, number('0[0-4]', '[0-4]')),
  E: { most: 5, piece: (count) => names(days, Math.max(3, count)) },
  e: { most: 5, piece: (count) => (count <= 2 ? weekday : names(days, count)) },
  c: of(1, weekday),
  a: of(1, oneOf('AM', 'PM')),
  h: of(2, hourTo12),
  H: of(2, hourTo23),
  k: of(2, hourTo24),
  K: of(2, hourTo11),
  m: of(2, minute),
  s: of(2, second),
  S: year,
  n: anyDigits,
  A: anyDigits,
  N: anyDigits,
  X: { most: 5, piece: (count) => isoOffset(count, true) },
  x: { most: 5, piece: (count) => isoOffset(count, false) },
  Z: { most: 5, piece: rfcOffset },
  O: { most: 4, piece: localOffset },
  z: of(3, zoneName),
  V: of(2, zoneId),
}

/** The part of a date that a run of letters stands for; `undefined` when it stands for none. */
export function fieldPiece(letter: string, count: number): Piece | undefined {
  const field = fields[letter]
  return field && count <= field.most ? field.piece(count) : undefined
}
