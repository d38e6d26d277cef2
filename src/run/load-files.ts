import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Contract } from '../contract/define.ts'
import { BrownoutError, exitCodes, messageOf, type Problem } from '../core/errors.ts'
import type { Scenario } from '../scenario/define.ts'
import type { System } from '../system/define.ts'

/** A definition and the file it came from, relative to the config's folder. */
export interface Loaded<Definition> {
  file: string
  definition: Definition
}

export interface LoadedFiles {
  /** Folder of the config file; paths of users are relative to it. */
  folder: string
  system: Loaded<System>
  contracts: Loaded<Contract>[]
  scenarios: (Loaded<Scenario> & { name: string })[]
  /** Files that could not be loaded, or hold something else. */
  problems: Problem[]
}

const endings = ['ts', 'mts', 'js', 'mjs']

/**
 * Loads `brownout.config.*` and, beside it, every `*.contract.*` below `contracts/` and every `*.scenario.*` below
 * `scenarios/`. A file that does not load is a problem among others. Rejects only when there is no config to begin with.
 */
export async function loadFiles(configFile: string | undefined, cwd: string): Promise<LoadedFiles> {
  const config = findConfig(configFile, cwd)
  const folder = dirname(config)
  const problems: Problem[] = []
  const load = async <Definition>(file: string, kind: string, define: string): Promise<Loaded<Definition>[]> => {
    const name = relative(folder, file)
    try {
      const module = (await import(pathToFileURL(file).href)) as { default?: { kind?: string } }
      if (module.default?.kind === kind) return [{ file: name, definition: module.default as Definition }]
      problems.push({ file: name, path: [], message: `has no default export made by ${define}(…)` })
    } catch (error) {
      problems.push({ file: name, path: [], message: `does not load: ${messageOf(error)}` })
    }
    return []
  }
  const [system] = await load<System>(config, 'system', 'defineSystem')
  if (!system) throw invalid(problems)
  const contracts = await Promise.all(
    find(join(folder, 'contracts'), 'contract').map((file) => load<Contract>(file, 'contract', 'defineContract')),
  )
  const scenarios = await Promise.all(
    find(join(folder, 'scenarios'), 'scenario').map((file) => load<Scenario>(file, 'scenario', 'defineScenario')),
  )
  return {
    folder,
    system,
    contracts: contracts.flat(),
    scenarios: scenarios.flat().map((scenario) => ({ ...scenario, name: stem(scenario.file) })),
    problems,
  }
}

/** All problems of all files in one error, each with its line. */
export function invalid(problems: readonly Problem[]): BrownoutError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`
  return new BrownoutError('INVALID_FILES', `Failed to read the definitions: ${count}.`, {
    exitCode: exitCodes.usage,
    problems,
  })
}

/** The text of a file of the user, for finding lines. */
export function sourceOf(folder: string): (file: string) => string | undefined {
  return (file) => {
    const path = resolve(folder, file)
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined
  }
}

function findConfig(named: string | undefined, cwd: string): string {
  const candidates = named === undefined ? endings.map((ending) => `brownout.config.${ending}`) : [named]
  const found = candidates.map((file) => resolve(cwd, file)).find((file) => existsSync(file))
  if (found) return found
  throw new BrownoutError('NO_CONFIG', `Failed to find "${named ?? 'brownout.config.ts'}" in ${cwd}.`, {
    exitCode: exitCodes.usage,
    hint: 'Run it where your brownout.config.ts is, or name one with --config FILE.',
  })
}

/** Files `*.contract.ts` and the like below a folder, sorted; none when the folder is missing. */
function find(folder: string, kind: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(`.${kind}.${ending}`)))
    .toSorted()
    .map((name) => join(folder, name))
}

function stem(file: string): string {
  return basename(file).replace(/\.scenario\.[mc]?[jt]s$/, '')
}
