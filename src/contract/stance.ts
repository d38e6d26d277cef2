import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Duration } from '../core/duration.ts'

/** A header's demand: exact text, a pattern, or a schema. */
export type HeaderDemand = string | RegExp | StandardSchemaV1

/** One half of a contract: what a response must be like to keep it. */
export interface Half {
  /** One status, or several that are all right. */
  status?: number | readonly number[]
  headers?: Readonly<Record<string, HeaderDemand>>
  /** Zod 4 or any Standard Schema of the decoded JSON body. */
  body?: StandardSchemaV1
  /** Latest time from the sending of the request to the end of the response. */
  within?: Duration
}

export interface RefusedHalf extends Half {
  /** The response must carry a valid `Retry-After` (seconds or an HTTP date). */
  retryAfter?: boolean
  /** The body must be `application/problem+json` with a matching `status` (RFC 9457). */
  problem?: boolean
}

export type Stance =
  | { readonly kind: 'unaffected' }
  | { readonly kind: 'reduced'; readonly half: Half }
  | { readonly kind: 'refused'; readonly half: RefusedHalf }

/** The normal half still holds, whatever is broken. */
export function unaffected(): Stance {
  return { kind: 'unaffected' }
}

/**
 * A weaker answer that says so: its schema must demand a marker that the normal half does not have.
 * The status is the normal half's unless one is given.
 */
export function reduced(half: Half): Stance {
  return { kind: 'reduced', half }
}

/** A clean and fast error; the status is 503 unless one is given. */
export function refused(half: RefusedHalf = {}): Stance {
  return { kind: 'refused', half }
}
