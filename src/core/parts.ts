import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { askTool } from './ask-tool.ts'
import { BrownoutError, exitCodes, messageOf } from './errors.ts'
import { findExecutable } from './executable.ts'

/** Tools that Brownout uses and does not bring. */
export interface PartFacts {
  /** The environment variable that names its file. */
  variable: string
  /** What it is asked for its version, and where the answer holds it. */
  ask: readonly string[]
  answer: RegExp
  /** The oldest that will do, of the same major version; `null`: any. */
  least: readonly [major: number, minor: number] | null
}

export const partFacts = {
  k6: { variable: 'BROWNOUT_K6', ask: ['version'], answer: /^k6 v(\S+)/m, least: [2, 2] },
  'toxiproxy-server': {
    variable: 'BROWNOUT_TOXIPROXY',
    ask: ['-version'],
    answer: /^toxiproxy-server version (\S+)/m,
    least: [2, 12],
  },
  'redis-server': { variable: 'BROWNOUT_REDIS', ask: ['--version'], answer: /v=(\S+)/, least: null },
} satisfies Record<string, PartFacts>

export type PartName = keyof typeof partFacts

export interface FoundPart {
  file: string
  /** By which way it was found: `'BROWNOUT_K6'`, `'parts folder'` or `'PATH'`. */
  from: string
}

/** Where `brownout parts` puts what it builds: `BROWNOUT_PARTS`, else `.parts/` in Brownout's own package. */
export function partsFolder(): string {
  return resolve(process.env['BROWNOUT_PARTS'] || fileURLToPath(new URL('../../.parts', import.meta.url)))
}

/**
 * The file of a tool, or `null`: what its environment variable names, else one in the parts folder, else one on the PATH.
 * What a variable names is taken as it is: when it is wrong, `askVersion` says so, and nothing else takes its place.
 */
export function findPart(name: PartName): FoundPart | null {
  const { variable } = partFacts[name]
  const named = process.env[variable]
  if (named) return { file: resolve(named), from: variable }
  const built = findExecutable(name, partsFolder())
  if (built !== null) return { file: built, from: 'parts folder' }
  const onPath = findExecutable(name)
  return onPath === null ? null : { file: onPath, from: 'PATH' }
}

/** The version a tool says it is: `'2.2.0'`. Rejects with exit code 6 when it cannot be run, or is another tool. */
export async function askVersion(name: PartName, { file, from }: FoundPart): Promise<string> {
  const { ask, answer } = partFacts[name]
  const unusable = (why: string, cause?: unknown) =>
    new BrownoutError('PART_UNUSABLE', `Failed to ask "${file}" (${from}) for its version: ${why}`, {
      exitCode: exitCodes.partMissing,
      cause,
    })
  const text = await askTool(file, ask).catch((error: unknown) => {
    throw unusable(messageOf(error).trim(), error)
  })
  const version = answer.exec(text)?.[1]
  if (version === undefined) throw unusable(`it answers "${text.trim().slice(0, 200)}", which is no ${name}.`)
  return version
}

/** Why a version will not do, or `null`. One that is no number (a build of one's own says `git`) is taken at its word. */
export function whyUnfit(name: PartName, version: string): string | null {
  const { least } = partFacts[name]
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version)?.map(Number) ?? []
  if (least === null || major === undefined || minor === undefined) return null
  if (major === least[0] && minor >= least[1]) return null
  return `${name} ${version} will not do; needed is ${least.join('.')} or newer, below ${least[0] + 1}`
}
