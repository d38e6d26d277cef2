import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { answering } from '../../src/mock/answer.ts'
import { createMock } from '../../src/mock/mock.ts'
import { arbitraryPact } from '../pact/write/arbitrary-pact.ts'

const actual = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  path: fc.webPath(),
  query: fc.dictionary(fc.string(), fc.array(fc.option(fc.string()))),
  headers: fc.dictionary(fc.string(), fc.string()),
  body: fc.option(fc.string()),
})

test('property: a mock of any pact answers or explains whatever is asked, and all it may answer can be made', () => {
  fc.assert(
    fc.property(arbitraryPact, actual, fc.boolean(), (any, asked, stormy) => {
      const { mock } = createMock([{ file: 'a.json', pact: any }])
      const broken = stormy ? mock.conditions : []
      const found = mock.find(asked, { broken, state: mock.states[0] ?? null })
      expect('stub' in found ? found.stub.half : found.explanation.request).toEqual(expect.any(String))
      const answerOf = answering(1)
      for (const stub of mock.stubs) expect(answerOf(stub).status).toEqual(expect.any(Number))
    }),
  )
})
