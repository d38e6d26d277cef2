import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import auth from '../../contracts/storefront--auth.contract.ts'
import { renderAnswered, renderMock, renderSituation } from '../../src/cli/mock-text.ts'
import { actualRequest } from '../../src/mock/actual.ts'
import { situationFrom } from '../../src/mock/control.ts'
import { createMock, fairWeather, type Situation } from '../../src/mock/mock.ts'
import { unmatched } from '../../src/mock/reply.ts'
import { emitPacts } from '../../src/pact/emit/emit-contracts.ts'

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
const page = read('docs/mock.md')
const blocks = (kind: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([^]*?)^\`\`\``, 'gm'))].map((match) => match[1] ?? '')

const { mock } = createMock(
  emitPacts([{ file: 'a', contract: auth }], { whole: true }).map(({ pact }) => ({ file: 'a', pact })),
)
const find = (target: string, situation: Situation) =>
  mock.find(actualRequest({ method: 'GET', target, headers: {}, body: null }), situation)

test('docs/mock.md quotes its examples letter by letter', () => {
  const examples = read('test/msw/example.test.ts') + read('test/msw/undici-example.test.ts')
  expect(blocks('ts')).toHaveLength(4)
  for (const block of blocks('ts')) expect(examples).toContain(block)
})

test('what it prints is what the page shows', () => {
  const line = (status: number, situation: Situation) => {
    const found = find('/sessions/abc', situation)
    if (!('stub' in found)) throw new Error('nothing answers')
    return renderAnswered({ method: 'GET', target: '/sessions/abc', status, by: found.stub })
  }
  const broken = situationFrom(mock, ['redis: unavailable'], null)
  const printed = [
    renderMock('http://127.0.0.1:4110', mock, true),
    renderSituation(fairWeather),
    line(200, fairWeather),
    renderSituation(broken),
    line(503, broken),
  ]
  expect(blocks('text')).toEqual([printed.join('')])
})

test('why a request is not answered is what the page shows', () => {
  const found = find('/sessions/abc?page=2', fairWeather)
  if (!('explanation' in found)) throw new Error('something answers')
  expect(blocks('json')).toEqual([new TextDecoder().decode(unmatched(found.explanation).body ?? undefined)])
})
