import { hash } from 'node:crypto'
import { requestId } from '../sample.ts'

/** The headers that tell the services who calls: the same for the same run and sequence. */
export function identityHeaders(run: string, sequence: number): { 'x-request-id': string; traceparent: string } {
  const id = requestId(run, sequence)
  const digest = hash('sha256', id)
  return { 'x-request-id': id, traceparent: `00-${digest.slice(0, 32)}-${digest.slice(32, 48)}-01` }
}
