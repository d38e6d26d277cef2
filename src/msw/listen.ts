import type { UnhandledFrameHandle } from 'msw'
import type { SetupServer } from 'msw/node'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { assertMsw } from './version.ts'

/**
 * Starts a server of MSW 3 so that no request leaves it: one that no handler answers fails. MSW's own `'error'` lets
 * requests for static files (`/logo.png`) through to the network, and `onUnhandledRequest` of MSW 2 lets all through.
 * Throws `MSW_VERSION` for another MSW.
 */
export function listen(server: SetupServer): void {
  assertMsw()
  // A server that another copy of MSW made, of version 2, has none.
  if (!('readyState' in server))
    throw new BrownoutError('MSW_VERSION', 'Failed to listen: this server is not of MSW 3.', {
      exitCode: exitCodes.partMissing,
      hint: 'npm install --save-dev msw@3, and see which copies there are: npm ls msw',
    })
  server.listen({ onUnhandledFrame: failUnhandled })
}

/** Prints what MSW says of it, and ends the request as a connection that died. */
export const failUnhandled: Exclude<UnhandledFrameHandle, string> = async ({ defaults }) => {
  await defaults.error()
  throw Response.error()
}
