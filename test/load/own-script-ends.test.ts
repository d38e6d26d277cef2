import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { k6Of } from './k6-plays.ts'
import { playScript, playToEnd, scripts } from './own-scripts.ts'
import { roughServer, whole } from './rough-server.ts'

const page = whole(JSON.stringify({ data: 'fresh' }), { headers: { 'content-type': 'application/json' } })
const tags = "{ tags: { interaction: 'reader → front / read the page' } }"
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Writes a script into a folder of its own and plays it to its end. */
async function playText(text: string, base: string, more: { thresholds?: boolean; timeoutMs?: number } = {}) {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'a script.js')
  writeFileSync(file, `import http from 'k6/http'\n${text}`)
  return await playToEnd({ file, ...more }, base)
}

test('a script that tags nothing leaves no samples; its requests are counted, a threshold without samples is told as such', async () => {
  await using server = await roughServer((socket) => socket.write(page))
  const { hostname, port } = new URL(server.base)
  const env = { SECONDS: '1', SHOP_HOST: hostname, SHOP_PORT: port }
  const { summary, samples } = await playToEnd({ file: join(scripts, 'old-style.js'), env }, server.base)
  expect([samples.length, summary.due, summary.answered]).toEqual([0, 0, 0])
  expect(summary.requests).toBe(server.received.length)
  expect(summary.requests).toBeGreaterThan(10)
  expect(summary.thresholds).toEqual([
    expect.objectContaining({ metric: 'http_req_duration{page:none}', ok: true, samples: 0, type: 'trend' }),
    expect.objectContaining({ metric: 'http_req_failed', ok: true, samples: summary.requests, observed: 0 }),
  ])
})

test('without thresholds a script is ended when it is to stop: after what is under way, with its teardown and summary', async () => {
  await using server = await roughServer((socket, { path }) =>
    setTimeout(() => socket.write(page), path === '/page' ? 200 : 0),
  )
  const script = { file: join(scripts, 'per-vu-iterations.ts'), env: { SECONDS: '30' }, thresholds: false }
  await playScript(script, server.base, async ({ play, samples, folder }) => {
    await wait(1_000)
    const stoppedAt = play.startedAt + 1_000
    play.stop()
    const summary = await play.done
    expect(summary.endedAt - play.startedAt).toBeLessThan(4_000)
    expect(summary.endedAt).toBeGreaterThan(stoppedAt - 50)
    expect(summary).toMatchObject({ thresholds: [], tool: { exit: 'ended by Brownout' } })
    const table = samples()
    expect([summary.due, summary.answered]).toEqual([table.length, table.length])
    for (let index = 0; index < table.length; index++) {
      expect([table.keeps(index), table.error(index)]).toEqual([1, 0])
      expect(table.sentAt(index)).toBeLessThan(summary.endedAt)
    }
    expect(server.received.at(-1)?.path).toBe('/healthz?teardown')
    expect(k6Of(play)).toBeNull()
    expect(readdirSync(folder).filter((name) => name.startsWith('k6-'))).toEqual([])
  })
})

test('with thresholds a script is let come to its own end; what it sends after the stop leaves no samples', async () => {
  await using server = await roughServer((socket) => socket.write(page))
  const script = { file: join(scripts, 'ramping-vus.js'), env: { SECONDS: '3' } }
  await playScript(script, server.base, async ({ play, samples, folder }) => {
    await wait(1_000)
    play.stop()
    const seen = server.received.length
    const summary = await play.done
    expect(server.received.length).toBeGreaterThan(seen + 20)
    expect(summary.endedAt - play.startedAt).toBeLessThan(2_500)
    const table = samples()
    expect(table.sentAt(table.length - 1)).toBeLessThan(summary.endedAt + 5)
    expect([summary.started, summary.answered]).toEqual([table.length, table.length])
    expect(summary.requests).toBe(server.received.length)
    expect(summary.thresholds?.map(({ ok }) => ok)).toEqual([true, true])
    // The script's own summary is written as ever, into the folder of the run.
    expect(readFileSync(join(folder, 'own-summary.txt'), 'utf8')).toBe('written\n')
  })
})

test('a threshold that aborts ends k6 early, which is no failure of the load', async () => {
  await using server = await roughServer((socket) => socket.write(whole('no', { status: 500 })))
  const { summary, samples } = await playToEnd(
    { file: join(scripts, 'per-vu-iterations.ts'), env: { SECONDS: '30' } },
    server.base,
  )
  expect(summary.endedAt - summary.startedAt).toBeLessThan(10_000)
  expect(summary.tool?.exit).toBe('exit code 99: a threshold was crossed')
  expect(summary.thresholds).toEqual([
    {
      metric: 'http_req_failed',
      expression: 'rate<0.05',
      ok: false,
      samples: summary.requests,
      observed: 1,
      type: 'rate',
    },
  ])
  expect(samples.length).toBeGreaterThan(3)
  expect(samples.status(0)).toBe(500)
})

test('what is refused, cut off or late is a sample of its kind, alone, in a batch and when it throws', async () => {
  await using server = await roughServer((socket, { path }) => {
    if (path === '/reset') socket.resetAndDestroy()
    else if (path !== '/hangs') socket.write(page)
  })
  const { samples, evidence } = await playText(
    `export const options = { vus: 1, iterations: 1, throw: true }
     const to = (path) => ['GET', __ENV.BASE_URL + path, null, { ...${tags}, timeout: 300, throw: false }]
     const attempt = (send) => { try { send() } catch {} }
     export default async function () {
       http.batch([to('/page'), to('/reset'), ['GET', 'http://127.0.0.1:1/', null, ${tags}], to('/hangs')].slice(0, 2))
       http.batch({ late: to('/hangs') })
       attempt(() => http.get('http://127.0.0.1:1/refused', ${tags}))
       attempt(() => http.post('http://10.1.2.3/beyond', 'x', ${tags}))
       await http.asyncRequest('GET', 'http://127.0.0.1:1/async', null, { ...${tags}, throw: false }).catch(() => null)
     }`,
    server.base,
  )
  const kinds = evidence.map(
    ({ request, error }) => `${new URL(request.url).pathname} ${error?.split(':')[0] ?? 'fine'}`,
  )
  expect(kinds.toSorted()).toEqual([
    '/async refused',
    '/beyond other',
    '/hangs timeout',
    '/page fine',
    '/refused refused',
    '/reset reset',
  ])
  expect(evidence.find(({ request }) => request.url.endsWith('/beyond'))?.error).toContain('blacklisted')
  const late = Array.from({ length: samples.length }, (_, index) => samples.took(index)).filter((took) => took > 250)
  expect(late.length).toBe(1)
})

test('what a script is told in secret is masked', async () => {
  await using server = await roughServer((socket) => socket.write(page))
  const { evidence } = await playText(
    `export const options = { vus: 1, iterations: 1 }
     export default function () {
       http.put(__ENV.BASE_URL + '/page?token=hidden', '{"password":"hidden"}', { ...${tags}, headers: { authorization: 'hidden', 'x-request-id': 'its-own' } })
     }`,
    server.base,
  )
  expect(JSON.stringify(evidence)).not.toContain('hidden')
  expect(evidence[0]?.request).toMatchObject({ method: 'PUT', headers: { 'x-request-id': 'its-own' } })
})

test('an iteration that never ends is given up with the schedule', async () => {
  await using server = await roughServer((socket) => socket.write(page))
  const { summary, samples } = await playText(
    `export const options = { scenarios: { one: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: '1s' } } }
     export default function () { http.get(__ENV.BASE_URL + '/page', ${tags}); for (;;); }`,
    server.base,
  )
  expect(samples.length).toBe(1)
  expect(summary.endedAt - summary.startedAt).toBeLessThan(10_000)
})

test('setup() that throws fails the start, with what it threw', async () => {
  await using server = await roughServer((socket) => socket.write(page))
  const text = `export function setup() { throw new Error('no customers') }\nexport default function () {}`
  await expect(playText(text, server.base)).rejects.toThrow(/k6 ended before its first arrival.*no customers/s)
})

test('a script that imports k6 modules of others, or cannot reach them, does not play', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'extension.js')
  writeFileSync(file, `import redis from 'k6/x/redis'\nexport default function () {}`)
  await expect(playToEnd({ file }, 'http://127.0.0.1:1')).rejects.toThrow(/k6\/x\/redis/)
  expect(existsSync(file)).toBe(true)
})
