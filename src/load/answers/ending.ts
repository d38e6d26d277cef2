import type { TransportError } from '../sample.ts'

/** A longer body is an answer that nobody reads to its end: the error is `too large`. */
export const bodyLimitBytes = 1024 * 1024

export interface Answer {
  status: number
  /** By their names in lower case; values of the same name are joined by a comma. */
  headers: Record<string, string>
  body: string
}

/** How an exchange ended. With an error, `answer` is what had come by then, if a status had. */
export interface Ending {
  sentAt: number
  took: number
  error: TransportError
  /** The error in words. */
  detail: string | null
  answer: Answer | null
}
