import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'vitest'

/** Where `fetch-cases.ts` puts the cases of the Pact specification. They are not ours, and stay out of the repository. */
export const casesFolder = join(import.meta.dirname, '../../../.parts/pact-cases')

export type Version = '1' | '1.1' | '2' | '3' | '4'

/** One case: what a pact says, what came, and whether they match. */
export interface Case {
  /** `v3/response/body/array at top level`. */
  readonly name: string
  readonly version: Version
  readonly part: 'request' | 'response' | 'message'
  readonly match: boolean
  readonly expected: unknown
  readonly actual: unknown
}

/** All cases, but for those about XML, which is not looked into; none where they were not fetched. */
export function readCases(): Case[] {
  const files = globSync('v*/**/*.json', { cwd: casesFolder }).toSorted()
  return files
    .map(readCase)
    .filter(({ name, expected }) => !/xml/i.test(name) && !/<\?xml/.test(JSON.stringify(expected)))
}

function readCase(file: string): Case {
  const [version = '', part = ''] = file.split('/')
  // Some files begin with a byte order mark.
  const text = readFileSync(join(casesFolder, file), 'utf8').replace(/^\uFEFF/, '')
  const { match, expected, actual } = JSON.parse(text) as Pick<Case, 'match' | 'expected' | 'actual'>
  const name = file.replace(/\.json$/, '')
  return { name, version: version.slice(1) as Version, part: part as Case['part'], match, expected, actual }
}

/** Without the cases a test is skipped, with how to get them; under CI it fails. */
export function needCases(ctx: Pick<TestContext, 'skip'>): void {
  if (existsSync(casesFolder)) return
  const missing =
    'the cases of the Pact specification: npx node test/pact/specification/fetch-cases.ts (with cargo 1.82 or later)'
  if (process.env['CI']) throw new Error(`A part is missing: ${missing}`)
  ctx.skip(missing)
}
