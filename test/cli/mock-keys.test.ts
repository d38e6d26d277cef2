import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { keyReader, listenToKeys } from '../../src/cli/mock-keys.ts'

function press(last: number, ...keys: string[]): (number | string)[] {
  const done: (number | string)[] = []
  const read = keyReader(last, {
    choose: (number) => done.push(number),
    interrupt: () => done.push('interrupt'),
    end: () => done.push('end'),
  })
  for (const key of keys) read(key)
  return done
}

test.for<[number, string[], (number | string)[]]>([
  [3, ['2', '0', '3'], [2, 0, 3]],
  [3, ['4', 'x', '1'], [1]],
  [3, ['q', '\u0003'], ['end', 'interrupt']],
  // A second digit may follow the 1, none the 4.
  [35, ['1', '2', '4', '0', '1', '\r'], [12, 4, 0, 1]],
  [35, ['3', '5', '3', '6', '4', '0'], [35, 4, 0]],
  [35, ['1', '\r', '1', 'x', '2', '\r'], [1, 2]],
  [9, ['\u001b[11~', '1'], [1]],
  [9, ['12'], [1, 2]],
  [0, ['0', '1'], [0]],
])('of %i conditions, the keys %j do %j', ([last, keys, done]) => {
  expect(press(last, ...keys)).toEqual(done)
})

/** A terminal as Node shows it: a stream that can be set to hand on each key. */
function terminal(isTTY: boolean) {
  const modes: boolean[] = []
  const stream = Object.assign(new PassThrough(), { isTTY, setRawMode: (raw: boolean) => modes.push(raw) })
  return { stream: stream as unknown as NodeJS.ReadStream & PassThrough, modes }
}

test('keys are read from a terminal alone, and it is given back', async () => {
  const { stream, modes } = terminal(true)
  const keys: string[] = []
  const giveBack = listenToKeys(stream, (key) => keys.push(key))
  stream.write('1')
  await expect.poll(() => keys).toEqual(['1'])
  giveBack()
  stream.write('2')
  expect([keys, modes]).toEqual([['1'], [true, false]])

  const pipe = terminal(false)
  listenToKeys(pipe.stream, (key) => keys.push(key))()
  expect([pipe.modes, pipe.stream.listenerCount('data')]).toEqual([[], 0])
})
