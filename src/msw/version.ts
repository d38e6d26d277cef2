import { createRequire } from 'node:module'
import { BrownoutError, exitCodes } from '../core/errors.ts'

const require = createRequire(import.meta.url)

/** Throws `MSW_VERSION` unless the MSW that is installed is of version 3: others are silently not strict. */
export function assertMsw(): void {
  assertMsw3((require('msw/package.json') as { version: string }).version)
}

export function assertMsw3(version: string): void {
  if (version.startsWith('3.')) return
  throw new BrownoutError('MSW_VERSION', `Failed to use "msw": it is of version ${version}.`, {
    exitCode: exitCodes.partMissing,
    hint: 'npm install --save-dev msw@3',
  })
}

/** A module of the very interceptors that MSW uses. They are its own dependency, which need not be one of the user's. */
export function interceptorsOfMsw(name: string): string {
  return createRequire(require.resolve('msw/package.json')).resolve(`@mswjs/interceptors/${name}`)
}
