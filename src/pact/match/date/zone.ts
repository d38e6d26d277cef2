import { type Piece, matching } from './piece.ts'

/** Java has offsets of up to 18 hours, though no zone has more than 14. */
const hour = String.raw`(?:1[0-8]|0?\d)`
const minute = String.raw`[0-5]\d`

/** `+02`, `+0200`, `+02:00`, and `Z` for none where that is meant. */
export function isoOffset(count: number, withZ: boolean): Piece {
  const rest = [`(?:${minute})?`, minute, `:${minute}`, `${minute}(?:${minute})?`, `:${minute}(?::${minute})?`][
    count - 1
  ]
  return matching(`(?:${withZ ? 'Z|' : ''}[+-]${hour}${rest})`)
}

/** `+0200`, `GMT+02:00`, `+02:00`. */
export function rfcOffset(count: number): Piece {
  if (count < 4) return matching(`[+-]${hour}${minute}`)
  return matching(count === 4 ? `(?:GMT|UTC)(?:[+-]${hour}:${minute})?` : `(?:Z|[+-]${hour}:${minute})`)
}

/** `GMT+2`, `GMT+02:00`. */
export function localOffset(count: number): Piece {
  return matching(`(?:GMT|UTC)[+-]${hour}${count < 4 ? `(?::${minute})?` : `:${minute}`}`)
}

/** The short names in today's tz database. */
const names = [
  'ACDT ACST ADT AEDT AEST AKDT AKST AST AWST BST CAT CDT CEST CET CST EAT EDT EEST EET EST GMT GST HDT HKT HST IDT IST',
  'JST KST MDT MEST MET MSD MSK MST NDT NST NZDT NZST PDT PKT PST SAST SST UTC WAT WEST WET WIB WITA WIT',
]

export const zoneName: Piece = matching(`(?:${names.join(' ').replaceAll(' ', '|')})`)

/** `Europe/Berlin`: what has the form of one is looked up, by this name. */
export const zoneId: Piece = matching(String.raw`(?<zone>[A-Za-z]+(?:\/[A-Za-z\d_+-]+)+|UTC|GMT|Z)`)

export function isZone(id: string): boolean {
  try {
    return id === 'Z' || new Intl.DateTimeFormat('en', { timeZone: id }).format(0) !== ''
  } catch {
    return false
  }
}
