import { type Answered, startMockServer } from '../mock/server.ts'
import { situationFrom } from '../mock/control.ts'
import { explanationText } from '../mock/explain.ts'
import type { ConditionName } from '../mock/names.ts'
import { type MockSource, mockOf } from '../mock/source.ts'

/** A provider as its contract has it, on a port of its own. */
export interface MockProvider<Condition extends string = string> extends AsyncDisposable {
  readonly url: string
  /** What was asked and how it was answered, in order. */
  readonly answered: readonly Answered[]
  /** From now on all of this is broken, and the degraded halves answer; nothing, when nothing is named. */
  under(...conditions: Condition[]): void
}

/**
 * Starts a provider from a contract or a pact: `await using comments = await openMock(contract)`. When it is closed after a
 * request that is in no contract, it throws: a client with a fallback would hide it.
 */
export async function openMock<const Source extends MockSource>(
  source: Source,
): Promise<MockProvider<ConditionName<Source>>> {
  const mock = mockOf(source)
  const answered: Answered[] = []
  const onAnswered = (one: Answered) => void answered.push(one)
  const server = await startMockServer(mock, { host: '127.0.0.1', port: 0, seed: 1, onAnswered })
  return {
    url: server.url,
    answered,
    under: (...conditions) => void (server.situation = situationFrom(mock, conditions, null)),
    async [Symbol.asyncDispose]() {
      await server.close()
      const missed = answered.flatMap(({ by }) => ('explanation' in by ? [explanationText(by.explanation)] : []))
      if (missed.length > 0) throw new Error(`requests that no contract has:\n${missed.join('\n')}`)
    },
  }
}

/**
 * The same as a fixture, one for each test that asks for it.
 *
 * @example
 * const test = base.extend({ comments: mockProvider(contract) })
 * test('a page without comments', async ({ comments }) => {
 *   comments.under('db: unavailable')
 *   expect(await readArticle(comments.url, 1)).toMatchObject({ comments: [] })
 * })
 */
export function mockProvider<const Source extends MockSource>(source: Source) {
  // eslint-disable-next-line no-empty-pattern
  return async ({}: object, use: (mock: MockProvider<ConditionName<Source>>) => Promise<void>) => {
    await using mock = await openMock(source)
    await use(mock)
  }
}
