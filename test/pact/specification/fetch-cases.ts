/**
 * Gets the cases of the Pact specification, which come with the sources of its reference implementation, by cargo (1.82 or
 * later) and from where cargo is set up to look. Nothing of it is built, and nothing is done when the cases are there.
 * `npx node test/pact/specification/fetch-cases.ts`
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, renameSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { casesFolder } from './cases.ts'

const crate = 'pact_matching'
const version = '2.1.0'

if (existsSync(casesFolder)) process.exit()

const { status, error, stderr } = spawnSync('cargo', ['info', '--quiet', `${crate}@${version}`], {
  cwd: tmpdir(),
  encoding: 'utf8',
  stdio: ['ignore', 'ignore', 'pipe'],
})
if (status !== 0) throw new Error(`Failed to get "${crate} ${version}": ${error?.message ?? stderr.trim()}`)

const cargoHome = process.env['CARGO_HOME'] ?? join(homedir(), '.cargo')
const [source] = globSync(`registry/src/*/${crate}-${version}/tests/spec_testcases`, { cwd: cargoHome })
if (source === undefined) throw new Error(`Failed to find "${crate} ${version}": cargo left no sources in ${cargoHome}`)

// All or nothing: an interrupted copy would look like fewer cases.
const incoming = `${casesFolder}.${process.pid}`
mkdirSync(incoming, { recursive: true })
for (const folder of globSync(join(cargoHome, source, 'v*'))) {
  cpSync(folder, join(incoming, basename(folder).replace('_', '.')), {
    recursive: true,
    filter: (file) => !file.endsWith('.rs'),
  })
}
renameSync(incoming, casesFolder)
const { length } = globSync('**/*.json', { cwd: casesFolder })
process.stdout.write(`${length} cases of ${crate} ${version} are in ${casesFolder}\n`)
