import type { Say } from '../inside.ts'

/** Defect: customers are told what went wrong, with addresses, files and lines. */
export const leakUpstreamError: Say = (sorry, cause) => `${sorry} ${cause instanceof Error ? cause.stack : cause}`
