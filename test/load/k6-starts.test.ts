import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { byFile, k6File, wrapper } from './k6-plays.ts'
import { interaction, plays } from './plays.ts'

const unready = { name: 'BrownoutError', code: 'LOAD_FAILED', exitCode: 3 }

const shortPlay = (file: string) =>
  plays(
    { stages: [{ rate: 50, forMs: 100 }], interactions: [interaction('read an article', 'http://127.0.0.1:1')] },
    byFile(file),
  )

test('a port that was taken meanwhile is given up for another', async () => {
  await using folder = await temporaryFolder()
  await using port = await takenPort()
  const starts = join(folder.path, 'starts')
  await using load = await shortPlay(thatListensAt(port.number, { folder: folder.path, tries: 2 }))
  expect(await (await load.play()).done).toMatchObject({ due: 5, started: 5, answered: 5 })
  expect(readFileSync(starts, 'utf8')).toBe('x\nx\nx\n')
})

test('a k6 that gets no port at all fails the start', async () => {
  await using folder = await temporaryFolder()
  await using port = await takenPort()
  await using load = await shortPlay(thatListensAt(port.number, { folder: folder.path, tries: 9 }))
  const play = load.play()
  await expect(play).rejects.toMatchObject(unready)
  await expect(play).rejects.toThrow(
    /could not listen for its API on 3 ports, 127\.0\.0\.1:\d+ the last \(exit code 106/,
  )
})

/** A k6 whose first starts are told a port that is taken, whatever Brownout has chosen. */
function thatListensAt(port: number, { folder, tries }: { folder: string; tries: number }): string {
  const starts = join(folder, 'starts')
  return wrapper(
    join(folder, 'k6'),
    `echo x >> ${starts}
if [ $(wc -l < ${starts}) -le ${tries} ]; then shift 4; set -- run --paused --address 127.0.0.1:${port} "$@"; fi
exec $k6 "$@"`,
  )
}

async function takenPort() {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as AddressInfo
  return { number: port, [Symbol.asyncDispose]: async () => void holder.close() }
}

/** A k6 that plays another script than it is told. */
async function withScript(text: string) {
  const folder = await temporaryFolder()
  const script = join(folder.path, 'other.js')
  writeFileSync(script, text)
  const file = wrapper(
    join(folder.path, 'k6'),
    `exec $k6 run --paused --address "$4" --log-format=raw --quiet ${script}`,
  )
  const load = await shortPlay(file)
  return {
    load,
    async [Symbol.asyncDispose]() {
      await load[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

test.each([
  [
    'a syntax error',
    'export default function ( {',
    /exit code 107: the script threw an exception; .*Unexpected end of input/,
  ],
  ['an exception at the start', 'throw new Error("so not")', /exit code 107: .*so not/],
  [
    'options that are none',
    'export const options = { vus: "many" }; export default () => 1',
    /exit code 104: .*"many"/,
  ],
  ['no function', 'export const options = {}', /no exported functions in script/],
])('a script with %s fails the start, with the last words of k6', async (_, text, words) => {
  await using other = await withScript(text)
  const play = other.load.play()
  await expect(play).rejects.toMatchObject(unready)
  await expect(play).rejects.toThrow('k6 ended before it was ready')
  await expect(play).rejects.toThrow(words)
})

test('a script that throws in its setup fails the start too', async () => {
  await using other = await withScript(
    'export function setup() { throw new Error("not set up") } export default () => 1',
  )
  const play = other.load.play()
  await expect(play).rejects.toMatchObject(unready)
  await expect(play).rejects.toThrow(/k6 ended before its first arrival \(exit code 107: .*not set up/)
})

test('a k6 that cannot be run, or ends at once, or says nothing, fails the start', async () => {
  await using folder = await temporaryFolder()
  const playBy = async (file: string) => {
    await using load = await shortPlay(file)
    await load.play()
  }
  await expect(playBy(join(folder.path, 'nowhere'))).rejects.toMatchObject(unready)
  await expect(playBy(join(folder.path, 'nowhere'))).rejects.toThrow(/k6 could not be started: .*ENOENT/)
  await expect(playBy(wrapper(join(folder.path, 'ends'), 'exit 3'))).rejects.toThrow(
    'k6 ended before it was ready (exit code 3; its last words: it said nothing)',
  )
})

test('k6 is given nothing of the environment but what it needs', async () => {
  await using folder = await temporaryFolder()
  const file = wrapper(join(folder.path, 'k6'), `env > ${folder.path}/env; exec $k6 "$@"`)
  await using load = await shortPlay(file)
  await (
    await load.play()
  ).done
  const names = readFileSync(join(folder.path, 'env'), 'utf8').matchAll(/^(\w+)=/gm)
  const ofTheShell = ['PWD', 'OLDPWD', 'SHLVL', '_']
  expect(
    [...names]
      .map(([, name = '']) => name)
      .filter((name) => !ofTheShell.includes(name))
      .toSorted(),
  ).toEqual(['BROWNOUT_ORDER', 'HOME', 'K6_AUTO_EXTENSION_RESOLUTION', 'K6_NO_USAGE_REPORT', 'XDG_CONFIG_HOME'])
})

test('nothing is left of an order when it has been played', async () => {
  await using load = await shortPlay(k6File)
  await (
    await load.play()
  ).done
  expect(readdirSync(dirname(load.order.into.samples)).filter((name) => name.startsWith('k6-order'))).toEqual([])
})

test('what cannot be sent is found before k6 is started', async () => {
  await using load = await plays(
    { stages: [{ rate: 1, forMs: 100 }], interactions: [interaction('read an article', 'http://127.0.0.1:1', [{}])] },
    byFile('/nowhere'),
  )
  await expect(load.play()).rejects.toThrow('{id}')
})
