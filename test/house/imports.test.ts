import { execFile } from 'node:child_process'
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'

const repository = join(import.meta.dirname, '../..')

/** A file of some house, what it holds, and what the lint must say about it (maybe nothing). */
const house: [file: string, source: string, ...findings: RegExp[]][] = [
  ['src/core/down.ts', `export { x } from '../cli/x.ts'`, /only folders above it/],
  ['src/core/down-type.ts', `import type { X } from '../contract/x.ts'\nexport type Y = X`, /only folders above it/],
  ['src/core/down-lazily.ts', `export const x = () => import('../run/x.ts')`, /only folders above it/],
  ['src/core/down-inline.ts', `export type X = import('../cli/x.ts').X`, /consistent-type-imports/],
  ['src/fault/driver/down.ts', `export { x } from '../../load/x.ts'`, /only folders above it/],
  ['src/fault/driver/deep/down.ts', `export { x } from './../../../load/x.ts'`, /only folders above it/],
  ['src/engines/up.ts', `export { x } from '../load/driver/x.ts'\nexport { y } from '../core/y.ts'`],
  ['src/fault/driver/up.ts', `export { x } from '../../core/x.ts'\nexport { y } from '../vocabulary.ts'`],
  ['src/load/own-driver.ts', `export { x } from './driver/x.ts'`],
  ['src/run/names-driver.ts', `export { x } from '../load/driver/x.ts'`, /only src\/engines\/ names/],
  ['src/cli/gate.ts', `export { x } from './report.ts'\nexport { y } from '../gate/y.ts'`],

  ['src/toxiproxy/up.ts', `export { x } from '../core/x.ts'`],
  ['src/toxiproxy/contract.ts', `export { x } from '../contract/x.ts'`, /imports only core/],
  ['src/toxiproxy/toxics/redis.ts', `export type { X } from '../../redis/x.ts'`, /imports only core/],
  ['src/tap/redis.ts', `export { x } from '../redis/x.ts'`, /imports only core/],

  ['src/core/child.ts', `export { spawn } from 'node:child_process'`],
  ['src/core/other.ts', `export { spawn } from 'node:child_process'`, /only src\/core\/child\.ts/],
  ['src/run/other.ts', `export { spawn } from 'child_process'`, /only src\/core\/child\.ts/],
  ['src/load/driver/send.ts', `export { Pool } from 'undici'`],
  ['src/load/send.ts', `export { Pool } from 'undici'`, /load drivers send/],
  ['src/run/draw.ts', `export { x } from 'pure-rand/generator/xoroshiro128plus'`, /random\.ts draws/],
  ['src/run/draw-type.ts', `export type { RandomGenerator } from 'pure-rand/types'`, /random\.ts draws/],
  ['src/load/driver/spawn.ts', `export { fork } from 'node:child_process'`, /only src\/core\/child\.ts/],
  ['src/run/chance.ts', `export const x = Math.random()`, /a seed replays it/],
  ['src/run/prints.ts', `console.log('hello')`, /no-console/],

  ['src/run/authoring.ts', `export { x } from 'brownout'`, /for what users write/],
  ['src/run/authoring-file.ts', `export { x } from '../index.ts'`, /for what users write/],
  ['contracts/a--b.contract.ts', `import { defineContract } from 'brownout'\nexport default defineContract({})`],
  ['contracts/reaches-in.contract.ts', `export { x } from '../src/contract/define.ts'`, /imports 'brownout'/],
  ['services/shop/main.ts', `export { x } from '../../src/core/http.ts'`, /knows no Brownout/],

  ['src/core/round.ts', `import { y } from './about.ts'\nexport const x = () => y`, /no-cycle/],
  ['src/core/about.ts', `import { x } from './round.ts'\nexport const y = () => x`, /no-cycle/],
]

describe('the lint settings', () => {
  let findings: { filename: string; code: string; message: string; help?: string }[]
  let folder: Awaited<ReturnType<typeof temporaryFolder>>

  beforeAll(async () => {
    folder = await temporaryFolder()
    await symlink(join(repository, 'node_modules'), join(folder.path, 'node_modules'))
    await cp(join(repository, 'oxlint.config.ts'), join(folder.path, 'oxlint.config.ts'))
    for (const [file, source] of house) {
      await mkdir(dirname(join(folder.path, file)), { recursive: true })
      await writeFile(join(folder.path, file), `${source}\n`)
    }
    const oxlint = join(repository, 'node_modules/oxlint/bin/oxlint')
    const printed = await new Promise<string>((resolve) => {
      const args = [oxlint, '--format=json', 'src', 'contracts', 'services']
      execFile(process.execPath, args, { cwd: folder.path }, (_failed, stdout) => resolve(stdout))
    })
    findings = (JSON.parse(printed) as { diagnostics: typeof findings }).diagnostics
  })
  afterAll(() => folder[Symbol.asyncDispose]())

  test.each(house)('%s', (file, _source, ...expected) => {
    const found = findings.filter((one) => one.filename === file).map((one) => `${one.code} ${one.message} ${one.help}`)
    expect(found).toEqual(expected.map((finding) => expect.stringMatching(finding)))
  })
})
