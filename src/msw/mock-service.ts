import type { MockService, MockServiceOptions } from './mocked.ts'
import type { ConditionName, InteractionName } from '../mock/names.ts'
import { Service } from './service.ts'
import { type MockSource, mockOf } from '../mock/source.ts'
import { assertMsw } from './version.ts'

/**
 * Handlers of MSW 3 from a contract, or from any pact. Requests are matched as strictly as Pact does; one that matches
 * nothing is answered with 500 and the reason, and `reset` throws.
 *
 * @example
 * const comments = mockService(contract, { baseUrl: 'http://comments.test' })
 * const server = setupServer(...comments.handlers)
 * beforeAll(() => listen(server))
 * afterEach(() => comments.reset())
 * afterAll(() => server.close())
 */
export function mockService<const Source extends MockSource>(
  source: Source,
  options: MockServiceOptions,
): MockService<InteractionName<Source>, ConditionName<Source>> {
  assertMsw()
  // What the type of the source tells of its names, the handlers have checked.
  const service: MockService = new Service(mockOf(source), options)
  return service as unknown as MockService<InteractionName<Source>, ConditionName<Source>>
}
