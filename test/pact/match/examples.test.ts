import { expect, test } from 'vitest'
import { brokenExamples } from '../../../src/pact/match/examples.ts'
import { readPact } from '../../../src/pact/read/read-pact.ts'

function notesOf(rules: object, body: unknown) {
  const text = JSON.stringify({
    consumer: { name: 'a' },
    provider: { name: 'b' },
    interactions: [
      {
        description: 'get',
        request: { method: 'GET', path: '/' },
        response: { status: 200, body, matchingRules: { body: rules } },
      },
    ],
    metadata: { pactSpecification: { version: '3.0.0' } },
  })
  const { pact } = readPact(text, 'p.json')
  return pact ? brokenExamples(pact, 'p.json') : []
}

test('an example that keeps its own rules is no note', () => {
  expect(notesOf({ '$.id': { matchers: [{ match: 'integer' }] } }, { id: 7 })).toEqual([])
})

test('one that breaks them is told, and does not stop the import', () => {
  expect(notesOf({ '$.id': { matchers: [{ match: 'regex', regex: '[0-9a-f-]{36}' }] } }, { id: 'not a uuid' })).toEqual(
    [
      {
        file: 'p.json',
        path: ['interactions', '0', 'response', 'body $.id'],
        message: expect.stringContaining('the example breaks its own rule: ') as string,
      },
    ],
  )
})

test('so is one of which nobody can say', () => {
  expect(notesOf({ '$.id': { matchers: [{ match: 'luhn' }] } }, { id: 7 })).toMatchObject([
    { message: expect.stringContaining('cannot be checked: ') as string },
  ])
})
