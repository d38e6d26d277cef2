/** `brownout/msw`: contracts and pacts as handlers of MSW 3. */
export { failsThenWorks, hang, type Instead, networkError, slowBody, status } from './instead.ts'
export { intercept, type Interception, type InterceptOptions } from './intercept.ts'
export { listen } from './listen.ts'
export { mockService } from './mock-service.ts'
export type { Asked, MockService, MockServiceOptions } from './mocked.ts'
export type { ConditionName, InteractionName } from '../mock/names.ts'
export type { MockSource } from '../mock/source.ts'
