import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { validateContract, validateContracts } from '../contract/validate.ts'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { withLines } from '../core/place.ts'
import { emitPacts, nameOf } from '../pact/emit/emit-contracts.ts'
import type { Pact } from '../pact/model.ts'
import { writePact } from '../pact/write/write-pact.ts'
import { invalid, loadFiles, sourceOf } from '../run/load-files.ts'
import { exitWith } from './exit.ts'
import type { EmitOptions } from './pact-emit.ts'
import { print } from './print.ts'

export function emit({ config, output, check }: EmitOptions): Promise<void> {
  return exitWith(async () => {
    const pacts = await pactsOf(config)
    const folder = resolve(output)
    const stale: string[] = []
    for (const pact of pacts) {
      const file = join(folder, nameOf(pact))
      const text = writePact(pact)
      const isThere = existsSync(file) && readFileSync(file, 'utf8') === text
      if (check && !isThere) stale.push(relative(process.cwd(), file))
      if (!check && !isThere) write(file, text)
      print(`${relative(process.cwd(), file)}  ${describe(pact)}\n`)
    }
    if (stale.length === 0) return exitCodes.kept
    print(`\nnot as the contracts are: ${stale.join(', ')}\nWrite them anew: brownout pact emit\n`)
    return exitCodes.broken
  })
}

/** Rejects with all that is wrong with the contracts, and with all that no pact can say. */
async function pactsOf(config: string | undefined): Promise<Pact[]> {
  const { folder, contracts, problems: unread } = await loadFiles(config, process.cwd())
  const throwIfAny = (problems: Parameters<typeof withLines>[0]) => {
    if (problems.length > 0) throw invalid(withLines(problems, sourceOf(folder)))
  }
  const files = contracts.map(({ file, definition }) => ({ file, contract: definition }))
  const wrong = files.flatMap(({ file, contract }) => validateContract(contract, file))
  throwIfAny([...unread.filter(({ file }) => file?.includes('.contract.')), ...wrong, ...validateContracts(files)])
  if (files.length === 0)
    throw new BrownoutError('NO_CONTRACTS', `Failed to find contracts in "${join(folder, 'contracts')}".`, {
      exitCode: exitCodes.usage,
      hint: 'Write contracts/<consumer>--<provider>.contract.ts; docs/contracts.md shows one.',
    })
  const emitted = emitPacts(files)
  throwIfAny(emitted.flatMap(({ problems }) => problems))
  return emitted.map(({ pact }) => pact)
}

function write(file: string, text: string): void {
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
}

/** `12 interactions, 7 of them degraded; 2 messages; leaves out what 3 places demand` */
function describe({ interactions }: Pact): string {
  const http = interactions.filter(({ kind }) => kind === 'http')
  const degraded = http.filter(({ comments }) => stanceIn(comments) !== undefined)
  const messages = interactions.length - http.length
  const omitted = new Set(interactions.flatMap(({ comments }) => omitsIn(comments)))
  return [
    http.length > 0 ? `${count(http.length, 'interaction')}, ${degraded.length} of them degraded` : '',
    messages > 0 ? count(messages, 'message') : '',
    omitted.size > 0 ? `leaves out what is said at ${count(omitted.size, 'place')} (comments.brownout.omits)` : '',
  ]
    .filter(Boolean)
    .join('; ')
}

type Comments = Pact['interactions'][number]['comments']

function stanceIn(comments: Comments): unknown {
  return (comments['brownout'] as { stance?: unknown } | undefined)?.stance
}

function omitsIn(comments: Comments): string[] {
  return (comments['brownout'] as { omits?: string[] } | undefined)?.omits ?? []
}

function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`
}
