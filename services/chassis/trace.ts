import { randomBytes, randomUUID } from 'node:crypto'

/** Where a request stands in its trace (W3C Trace Context): `spanId` is this service's own step. */
export interface Trace {
  traceId: string
  spanId: string
  flags: string
}

/** On whose behalf something is done; a `FastifyRequest` is one. */
export interface Caller {
  id: string
  trace: Trace
}

declare module 'fastify' {
  interface FastifyRequest {
    trace: Trace
  }
}

/** The caller's id when it is one that may stand in a log, else a new one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.:-]{1,100}$/.test(header) ? header : randomUUID()
}

/** Goes on with the caller's trace, or starts one when `traceparent` is absent or broken. */
export function traceFrom(header: string | string[] | undefined): Trace {
  const match = typeof header === 'string' ? /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(header) : null
  const [, traceId, parentId, flags] = match ?? []
  const valid = traceId !== undefined && !/^0+$/.test(traceId) && !/^0+$/.test(parentId ?? '')
  return {
    traceId: valid ? traceId : randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    flags: valid ? (flags ?? '00') : '01',
  }
}

/** A caller of its own, for what no request asked for. */
export function background(): Caller {
  return { id: randomUUID(), trace: traceFrom(undefined) }
}

/** What every call made on behalf of somebody carries. */
export function traceHeaders({ id, trace }: Caller): { 'x-request-id': string; traceparent: string } {
  const { traceId, spanId, flags } = trace
  return { 'x-request-id': id, traceparent: `00-${traceId}-${spanId}-${flags}` }
}
