import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PactReading, readPact } from '../../../src/pact/read/read-pact.ts'
import { inWrittenOrder, writePact } from '../../../src/pact/write/write-pact.ts'
import { json } from '../write/arbitrary-pact.ts'
import { pacts } from './pacts.ts'

type Change = (value: unknown) => unknown

const odd = fc.constantFrom<unknown>(
  null,
  '',
  'x',
  0,
  -1,
  1.5,
  true,
  [],
  {},
  [null],
  [[]],
  { match: 'type' },
  { matchers: [{ match: 'arrayContains', variants: [{}] }] },
  { toString: 1, valueOf: 2 },
  JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}'),
)
const key = fc.oneof(
  fc.string(),
  fc.constantFrom('$', '$.body', '$.a[', '__proto__', 'toString', '*', 'matchers', 'match'),
)

/** Does something to one place of a value, down to which numbers lead that are taken modulo what is there. */
function changeAt(value: unknown, way: readonly number[], change: Change): unknown {
  const [step, ...further] = way
  if (typeof value !== 'object' || value === null || step === undefined) return change(value)
  const entries = Object.entries(value)
  const at = step % (entries.length + 1)
  if (at === entries.length) return change(value)
  const changed = entries.flatMap(([name, part], index): [string, unknown][] => {
    const into = index === at ? changeAt(part, further, change) : part
    return into === gone ? [] : [[name, into]]
  })
  return Array.isArray(value) ? changed.map(([, part]) => part) : Object.fromEntries(changed)
}

const gone = Symbol('gone')

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>(() => gone),
  fc.oneof(odd, json).map(
    (other): Change =>
      () =>
        other,
  ),
  fc.tuple(key, fc.oneof(odd, json)).map(
    ([name, more]): Change =>
      (value) =>
        Array.isArray(value)
          ? [...value, ...value, more]
          : Object.fromEntries([...Object.entries(Object(value)), [name, more]]),
  ),
  key.map(
    (name): Change =>
      (value) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(
              Object.values(value).map((part, index) => [index === 0 ? name : `${name}${index}`, part]),
            )
          : name,
  ),
)
const changes = fc.array(fc.tuple(fc.array(fc.nat(), { maxLength: 9 }), change), { minLength: 1, maxLength: 4 })
const pact = fc.constantFrom(...Object.values(pacts))

/** Either a pact that can be written and read again, or problems that say where they are. */
function expectSound(reading: PactReading): void {
  expect(reading.pact === null).toBe(reading.problems.length > 0)
  for (const { file, path, message } of [...reading.problems, ...reading.notes]) {
    expect(file).toBe('a.json')
    expect(path.every((step) => typeof step === 'string')).toBe(true)
    expect(message).not.toBe('')
  }
  if (!reading.pact) return
  const again = readPact(writePact(reading.pact), 'b.json')
  expect(again.problems).toEqual([])
  expect(again.pact).toEqual({ ...reading.pact, interactions: inWrittenOrder(reading.pact.interactions) })
}

test('property: a pact with wrong, missing, strange or too many parts is read or refused, and loses nothing by writing', () => {
  fc.assert(
    fc.property(pact, changes, (written, all) => {
      const changed = all.reduce((value: unknown, [way, one]) => changeAt(value, way, one), written)
      expectSound(readPact(JSON.stringify(changed === gone ? null : changed), 'a.json'))
    }),
    { numRuns: 5_000 },
  )
})

test('property: a text that was cut, or of which a part is missing, stands twice or is another, is read or refused', () => {
  fc.assert(
    fc.property(pact, fc.nat(), fc.nat({ max: 60 }), fc.string(), (written, from, length, other) => {
      const text = JSON.stringify(written)
      const at = from % text.length
      const [before, part, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)]
      for (const broken of [before, before + after, before + part + part + after, before + other + after])
        expectSound(readPact(broken, 'a.json'))
    }),
    { numRuns: 1_000 },
  )
})

test('property: any bytes and any text are read or refused', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.string(),
        json.map((value) => JSON.stringify(value)),
      ),
      (any) => {
        expectSound(readPact(any, 'a.json'))
      },
    ),
  )
})
