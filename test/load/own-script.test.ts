import { join } from 'node:path'
import { expect, test } from 'vitest'
import { playToEnd, scripts } from './own-scripts.ts'
import { type Received, type RoughServer, roughServer, whole } from './rough-server.ts'

const json = { headers: { 'content-type': 'application/json' } }
const page = whole(JSON.stringify({ data: 'fresh' }), json)

const pages = (): Promise<RoughServer> => roughServer((socket) => socket.write(page))
const idOf = ({ headers }: Received) => headers['x-request-id']

interface Expected {
  script: string
  env?: (base: string) => Record<string, string>
  thresholds: Record<string, boolean>
  unknownTags?: string[]
}

const table: Expected[] = [
  {
    script: 'shared-iterations.js',
    thresholds: {
      'checks rate > 0.9': true,
      'http_req_duration{interaction:reader → front / read the page} p(95)<450': true,
      'http_req_duration{interaction:reader → front / read the page} p(99)<900': true,
    },
  },
  { script: 'per-vu-iterations.ts', thresholds: { 'http_req_failed rate<0.05': true } },
  { script: 'constant-vus.js', thresholds: { 'http_req_duration p(95)<450': true } },
  { script: 'ramping-vus.js', thresholds: { 'iterations count>5': true, 'http_req_failed rate<0.1': true } },
  {
    script: 'constant-arrival-rate.ts',
    thresholds: { 'http_req_duration{scenario:reading} p(95)<450': true, 'dropped_iterations count<5': true },
  },
  {
    script: 'ramping-arrival-rate.js',
    thresholds: { 'page_time med<450': true, 'page_time max<5000': true, 'http_reqs{scenario:others} count>3': true },
    unknownTags: ['reader → front / raed the page'],
  },
]

test.for(table)('what $script tags becomes samples, and its thresholds are read', async (expected) => {
  await using server = await pages()
  const script = { file: join(scripts, expected.script), env: { SECONDS: '2' } }
  const { summary, samples, evidence } = await playToEnd(script, server.base)

  const told = Object.fromEntries(
    (summary.thresholds ?? []).map(({ metric, expression, ok }) => [`${metric} ${expression}`, ok]),
  )
  expect(told).toEqual(expected.thresholds)
  expect(summary.unknownTags).toEqual(expected.unknownTags)
  expect(summary.tool?.exit).toBe('exit code 0')
  expect(summary.requests).toBe(server.received.length)
  expect(samples.length).toBeGreaterThan(20)
  expect([summary.due, summary.started, summary.answered]).toEqual([samples.length, samples.length, samples.length])

  // What is tagged, and nothing else, is known to the services by an id of its own.
  const named = server.received.filter(idOf)
  expect(new Set(named.map(idOf)).size).toBe(named.length)
  const ids = Array.from({ length: samples.length }, (_, index) => `run-${samples.sequence(index)}`)
  expect(ids.toSorted()).toEqual(named.map(idOf).toSorted())
  expect(named.every(({ path }) => path === '/page')).toBe(true)
  for (let index = 0; index < samples.length; index++) {
    expect(samples.keeps(index)).toBe(1)
    expect([samples.status(index), samples.error(index)]).toEqual([200, 0])
    expect(samples.late(index)).toBeGreaterThanOrEqual(0)
    expect(samples.took(index)).toBeGreaterThan(0)
    expect(samples.sentAt(index)).toBeGreaterThan(summary.startedAt - 5)
    expect(samples.sentAt(index) + samples.took(index)).toBeLessThan(summary.endedAt + 5)
  }
  expect(evidence[0]).toMatchObject({
    request: { method: 'GET', url: `${server.base}/page`, headers: { traceparent: expect.stringMatching(/^00-/) } },
    response: { status: 200, body: '{"data":"fresh"}' },
  })
})
