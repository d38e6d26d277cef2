import { describe, expect, test } from 'vitest'
import { background, requestIdFrom, traceFrom, traceHeaders } from '../../services/chassis/trace.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

describe('traceparent', () => {
  test('goes on with the trace of the caller, in a span of its own', () => {
    const trace = traceFrom(`00-${traceId}-00f067aa0ba902b7-01`)
    expect(trace).toEqual({ traceId, spanId: expect.stringMatching(/^[0-9a-f]{16}$/), flags: '01' })
    expect(trace.spanId).not.toBe('00f067aa0ba902b7')
  })

  test.for([
    undefined,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-00f067aa0ba902b7-01`,
    [`00-${traceId}-00f067aa0ba902b7-01`],
  ])('starts a trace of its own for %j', (header) => {
    const trace = traceFrom(header)
    expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(trace.traceId).not.toBe(traceId)
    expect(traceFrom(header).traceId).not.toBe(trace.traceId)
  })
})

describe('request id', () => {
  test('is the one of the caller', () => {
    expect(requestIdFrom('run-7f3a-12')).toBe('run-7f3a-12')
  })

  test.for([undefined, '', 'two words', 'line\nbreak', 'x'.repeat(101)])('is a new one for %j', (header) => {
    expect(requestIdFrom(header)).toMatch(/^[0-9a-f-]{36}$/)
  })
})

test('what no request asked for has an id and a trace of its own', () => {
  const own = {
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    traceparent: expect.stringMatching(/^00-.*-01$/),
  }
  expect(traceHeaders(background())).toEqual(own)
  expect(traceHeaders(background())).not.toEqual(traceHeaders(background()))
})
