import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { monotonicClock } from '../../src/core/clock.ts'
import type { ProbeReading } from '../../src/record/record.ts'
import type { PlannedProbe } from '../../src/run/plan-probes.ts'
import { askProbes, type Probe } from '../../src/run/probes.ts'

interface Asked {
  url: string | undefined
  headers: Record<string, unknown>
}

/** A service that answers each question as told; `null`: not at all. */
async function serving(answer: (count: number) => { status?: number; body: string } | null) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    asked.push({ url: request.url, headers: request.headers })
    const said = answer(asked.length)
    if (said) response.writeHead(said.status ?? 200).end(said.body)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/effects`, asked }
}

function ask(url: string, change: Partial<PlannedProbe> = {}, schema: z.ZodType = z.looseObject({ n: z.literal(3) })) {
  const readings: ProbeReading[] = []
  const over = new AbortController()
  const kind = 'eventually' as const
  const planned = { phase: 'during' as const, label: 'l', kind, url, status: null, withinMs: null, ...change }
  const probe: Probe = { planned, schema, record: { phase: 'during', label: 'l', url, readings } }
  let requests = 0
  const asking = askProbes([probe], {
    clock: monotonicClock(),
    signal: over.signal,
    redact: ['hidden'],
    nextRequestId: () => `run-${++requests}`,
  })
  onTestFinished(() => asking.end())
  const enough = (count: number) =>
    expect.poll(() => readings.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count)
  return { readings, asking, over, enough }
}

test('what holds eventually is asked again and again until it holds, and not after', async () => {
  const { url, asked } = await serving((count) => ({ body: JSON.stringify({ n: count, hidden: 'x', token: 'y' }) }))
  const { readings, asking, enough } = ask(url)
  await enough(3)
  await asking.end()
  expect(readings.map(({ status, holds }) => [status, holds])).toEqual([
    [200, false],
    [200, false],
    [200, true],
  ])
  expect(readings[0]?.issues.join()).toMatch(/^body\.n: /)
  expect(readings[2]).toMatchObject({ issues: [], body: '{"n":3,"hidden":"•••","token":"•••"}' })
  expect(asked[1]).toMatchObject({
    url: '/effects',
    headers: { 'x-brownout-canary': 'brownout-canary', 'x-request-id': 'run-2', connection: 'close' },
  })
  expect(asked).toHaveLength(3)
})

test('what never may hold is asked to the end, though it held, and once more right then', async () => {
  const { url } = await serving(() => ({ body: '{"n":3}' }))
  const { readings, asking, enough } = ask(url, { kind: 'never' })
  await enough(2)
  const before = readings.length
  await asking.end()
  expect(readings.length).toBeGreaterThan(before)
  expect(readings.every(({ holds }) => holds)).toBe(true)
})

test('the status counts: any 2xx, or the one that was asked for', async () => {
  const statuses = [503, 204, 201]
  const { url } = await serving((count) => ({ status: statuses[count - 1] ?? 200, body: count === 1 ? '{"n":3}' : '' }))
  const { readings, enough } = ask(url, {}, z.looseObject({}))
  await enough(2)
  expect(readings[0]).toMatchObject({ status: 503, holds: false, issues: ['status: is 503, wanted 200'] })
  expect(readings[1]).toMatchObject({ status: 204, holds: false, issues: ['body: is empty'] })

  const other = await serving(() => ({ status: 404, body: '{}' }))
  const second = ask(other.url, { status: 404 }, z.object({}))
  await second.enough(1)
  expect(second.readings[0]).toMatchObject({ status: 404, holds: true })
})

test('who does not answer is asked again; nobody waits longer than a second', async () => {
  const { url } = await serving((count) => (count === 1 ? null : { body: '{"n":3}' }))
  const { readings, enough } = ask(url)
  await enough(2)
  expect(readings[0]).toMatchObject({ status: null, holds: false, body: '' })
  expect(readings[0]?.issues.join()).toContain('Failed to GET')
  expect(readings[1]).toMatchObject({ holds: true })
})

test('when the run is over, a question under way is given up and no other is asked', async () => {
  const { url, asked } = await serving(() => null)
  const { readings, asking, over } = ask(url, { kind: 'never' })
  await expect.poll(() => asked.length, { timeout: 10_000 }).toBe(1)
  over.abort()
  await asking.end()
  expect([readings.length, asked.length]).toEqual([1, 1])
})
