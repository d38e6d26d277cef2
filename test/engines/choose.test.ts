import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { readEngines, type Role } from '../../src/engines/choice.ts'
import { chooseEngines } from '../../src/engines/choose.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { startTestProxy } from '../toxiproxy/harness.ts'

afterEach(() => void vi.unstubAllEnvs())

const all: Role[] = ['load', 'proxies', 'redis']
const choose = (words: string, roles = all) => chooseEngines(readEngines(words), { version: '9.9.9', roles })
const context = { seed: 1, log: () => 'load.log' }

/** Only what is written into this folder is on the machine. */
async function machine(tools: Record<string, string>): Promise<void> {
  const folder = await temporaryFolder()
  onTestFinished(() => folder[Symbol.asyncDispose]())
  for (const [name, says] of Object.entries(tools))
    await writeFile(join(folder.path, name), `#!/bin/sh\necho "${says}"\n`, { mode: 0o755 })
  vi.stubEnv('PATH', folder.path)
  vi.stubEnv('BROWNOUT_PARTS', join(folder.path, 'nothing'))
  for (const part of ['K6', 'TOXIPROXY', 'REDIS']) vi.stubEnv(`BROWNOUT_${part}`, '')
}

const k6 = 'k6 v2.2.0 (go1.26.8, linux/amd64)'
const toxiproxy = 'toxiproxy-server version 2.12.0'
const redis = 'Redis server v=7.0.15 sha=0'

test('what is missing for `local` is one error, exit code 6, with the command for each', async () => {
  await machine({ 'apt-get': '' })
  await expect(choose('local')).rejects.toMatchObject({
    code: 'PART_MISSING',
    exitCode: 6,
    message: 'Failed to play with the engines "local": 3 parts are missing.',
    problems: [
      { message: 'k6 is not on this machine', hint: 'npx brownout parts' },
      { message: 'redis-server is not on this machine', hint: expect.stringContaining('apt-get install') as string },
      { message: 'toxiproxy-server is not on this machine', hint: 'npx brownout parts' },
    ],
  })
})

test('a part of the wrong version, and one that is none, are missing too', async () => {
  await machine({ k6: 'k6 v1.8.1', 'toxiproxy-server': 'what?', 'redis-server': redis })
  await expect(choose('local')).rejects.toMatchObject({
    exitCode: 6,
    problems: [
      { message: expect.stringMatching(/^Failed to ask ".*toxiproxy-server" \(PATH\) .*"what\?"/) as string },
      { message: expect.stringMatching(/^k6 1\.8\.1 will not do; needed is 2\.2 .*\(.*k6, PATH\)$/) as string },
    ],
  })
})

test('tools of roles that are not played need not be there', async () => {
  await machine({ 'redis-server': redis })
  expect((await choose('local', ['redis'])).name).toBe('local')
  await expect(choose('local', ['load'])).rejects.toMatchObject({ problems: [{ hint: 'npx brownout parts' }] })
})

test('the embedded engines need nothing', async () => {
  await machine({})
  const { name, load } = await choose('embedded')
  expect([name, load(context).part]).toEqual([
    'embedded',
    { role: 'load', name: 'embedded generator', version: expect.any(String) as string },
  ])
})

test('each role is what was chosen, by name and version', async () => {
  await machine({ k6, 'toxiproxy-server': toxiproxy, 'redis-server': redis })
  const { name, load } = await choose('load=k6,proxies=embedded')
  expect([name, load(context).part]).toEqual([
    'load=k6,proxies=embedded',
    { role: 'load', name: 'k6', version: '2.2.0' },
  ])
})

test('a Toxiproxy that is to run already must answer', async () => {
  await expect(choose('proxies=http://127.0.0.1:45')).rejects.toMatchObject({
    exitCode: 6,
    problems: [{ message: expect.stringContaining('no Toxiproxy answers at http://127.0.0.1:45: ') as string }],
  })
  const { url } = await startTestProxy()
  expect((await choose(`proxies=${url}`)).name).toBe(`proxies=${url}`)
})

test.for([
  ['{"version": "2.1.0"}', /^toxiproxy-server 2\.1\.0 will not do/],
  ['hello', /^no Toxiproxy answers at /],
  ['{}', /^no Toxiproxy answers at /],
] as const)('one that says %s will not do', async ([says, message]) => {
  const server = createServer((_, answer) => answer.end(says)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  await expect(choose(`proxies=http://127.0.0.1:${port}`)).rejects.toMatchObject({
    exitCode: 6,
    problems: [{ message: expect.stringMatching(message) as string }],
  })
})
