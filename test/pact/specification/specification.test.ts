import { expect, test } from 'vitest'
import { messageMatching } from '../../../src/pact/match/message.ts'
import type { Mismatch } from '../../../src/pact/match/mismatch.ts'
import { requestMatching } from '../../../src/pact/match/request.ts'
import { responseMatching } from '../../../src/pact/match/response.ts'
import { topOf } from '../../../src/pact/read/place.ts'
import { readMessage } from '../../../src/pact/read/read-message.ts'
import { readRequest } from '../../../src/pact/read/read-request.ts'
import { readResponse } from '../../../src/pact/read/read-response.ts'
import { sentMessage, sentRequest, sentResponse } from './actual.ts'
import { type Case, needCases, readCases } from './cases.ts'
import { misses } from './misses.ts'

const cases = readCases()

test('there are as many cases as the specification has', (ctx) => {
  needCases(ctx)
  expect(cases).toHaveLength(647)
  const names = new Set(cases.map(({ name }) => name))
  expect([...misses.keys()].filter((name) => !names.has(name))).toEqual([])
})

test.each(cases)('$name', (each) => {
  const found = mismatchesOf(each)
  const wanted = misses.has(each.name) ? !each.match : each.match
  expect({ match: found.length === 0, found }).toMatchObject({ match: wanted })
  expect(found.filter(({ uncheckable }) => uncheckable)).toEqual([])
})

function mismatchesOf({ name, version, part, expected, actual }: Case): Mismatch[] {
  const { place } = topOf(name)
  if (part === 'request')
    return requestMatching(readRequest(expected, version, place)).mismatches(
      sentRequest(readRequest(actual, version, place)),
    )
  if (part === 'response')
    return responseMatching(readResponse(expected, version, place)).mismatches(
      sentResponse(readResponse(actual, version, place)),
    )
  return messageMatching(readMessage(expected, version, place)).mismatches(
    sentMessage(readMessage(actual, version, place)),
  )
}
