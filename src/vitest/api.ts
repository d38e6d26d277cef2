/** `brownout/vitest`: contracts and faults inside a test. Importing it teaches `expect` to know `toKeep`. */
import { expect } from 'vitest'
import type { Contract } from '../contract/define.ts'
import type { ConditionName, InteractionName } from '../mock/names.ts'
import type { KeepOptions } from './keep.ts'
import { toKeep } from './to-keep.ts'

export type { KeepOptions } from './keep.ts'
export { type Link, openLink } from '../engines/link.ts'
export { faultyLink } from './link.ts'
export { type MockProvider, mockProvider, openMock } from './mock.ts'

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /**
     * Whether an answer keeps an interaction of a contract: its normal half, or the stance on what is broken `under`. A
     * `Response` is read, so it is to be awaited.
     *
     * @example
     * await expect(response).toKeep(contract, 'read an article', { under: 'comments: unavailable' })
     */
    toKeep<const Its extends Contract>(
      contract: Its,
      interaction: InteractionName<Its>,
      options?: KeepOptions<ConditionName<Its>>,
    ): T extends Response ? Promise<void> : R
  }
}

expect.extend({ toKeep })
