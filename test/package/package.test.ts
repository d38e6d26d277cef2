import { execFile } from 'node:child_process'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'

/** The oldest Node a user may have; `await using` is a syntax error there. */
const oldestNode = '22.22.3'
const repository = join(import.meta.dirname, '../..')

/** Runs a command; resolves with what it printed, rejects with all of it when it fails. */
function run(cwd: string, file: string, args: readonly string[], path = process.env['PATH'] ?? ''): Promise<string> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|node_options$)/i.test(name))
  const env = { ...Object.fromEntries(inherited), PATH: path }
  return new Promise((resolve, reject) => {
    execFile(file, args, { cwd, env }, (failed, stdout, stderr) =>
      failed ? reject(new Error(`${file} ${args.join(' ')}\n${stdout}${stderr}`)) : resolve(stdout),
    )
  })
}

const contract = `
import { defineContract, reduced, unaffected } from 'brownout'
import { z } from 'zod'

export default defineContract({
  consumer: 'browser',
  provider: 'storefront',
  interactions: {
    'read an article': {
      request: { method: 'GET', path: '/articles/{id}' },
      parameters: { id: 1 },
      response: { body: z.object({ title: z.string(), comments: z.array(z.string()) }) },
      degraded: {
        'comments: unavailable': reduced({ body: z.object({ title: z.string() }), within: '500ms' }),
        'redis: *': unaffected(),
      },
    },
  },
})
`

const printContract = `
import contract from './browser--storefront.contract.ts'
console.log(JSON.stringify({ node: process.version, kind: contract.kind, interactions: Object.keys(contract.interactions) }))
`

const registers = `
import { defineScenario } from 'brownout'
import type contract from './browser--storefront.contract.ts'

declare module 'brownout' {
  interface Register {
    contracts: typeof contract
  }
}

defineScenario({
  title: 'names',
  load: {
    rate: 1,
    mix: {
      'browser → storefront / read an article': 1,
      // @ts-expect-error There is no such interaction.
      'browser → storefront / read an artcle': 1,
    },
  },
  faults: [],
  promises: {},
})
`

/** The path of a program is written as .ts in the sources; the build must start it as .js. */
const startsProgram = `
import { startProgram } from './node_modules/brownout/dist/core/start-program.js'
const adder = await startProgram('adder', new URL('./adder.ts', import.meta.url), { plus: 2 })
console.log(await adder.call('add', 40))
await adder.stop()
`
const adder = `
import { serveProgram } from './node_modules/brownout/dist/core/program.js'
serveProgram(async ({ plus }) => ({ methods: { add: (number) => number + plus } }))
`

describe('the package', { timeout: 120_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let tarball: string

  beforeAll(async () => {
    folder = await temporaryFolder()
    await run(repository, 'npm', ['pack', '--pack-destination', folder.path])
    const { name, version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'))
    tarball = join(folder.path, `${name}-${version}.tgz`)
  }, 120_000)
  afterAll(() => folder[Symbol.asyncDispose]())

  test('holds the build, the sources its maps lead to, and little else', async () => {
    const files = (await run(folder.path, 'tar', ['-tzf', tarball])).trimEnd().split('\n')
    expect(files).toContain('package/dist/cli/main.js')
    const tops = new Set(files.map((file) => file.split('/')[1]))
    expect([...tops].toSorted()).toEqual(['LICENSE', 'README.md', 'bin', 'dist', 'k6', 'package.json', 'schema', 'src'])
  })

  test('has nothing that publint objects to', async () => {
    const { buffer } = new Uint8Array(await readFile(tarball))
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  test('has types wherever it can be imported', async () => {
    const attw = new URL('dist/index.js', import.meta.resolve('@arethetypeswrong/cli/package.json'))
    const args = [fileURLToPath(attw), '--profile', 'esm-only', '--format', 'ascii', tarball]
    const printed = await run(repository, process.execPath, args)
    expect(printed).toContain('node16 (from ESM): 🟢 (ESM)')
  })

  describe(`installed on Node ${oldestNode}`, () => {
    /** Runs a command of the project that installed the package, with that project's own Node. */
    const inProject = (file: string, ...args: string[]) => {
      const bin = join(folder.path, 'node_modules/.bin')
      return run(folder.path, join(bin, file), args, `${bin}:${process.env['PATH']}`)
    }

    beforeAll(async () => {
      const project = {
        private: true,
        type: 'module',
        dependencies: { brownout: `file:${tarball}`, node: oldestNode, zod: '^4.0.0' },
        allowScripts: { node: true },
      }
      await writeFile(join(folder.path, 'package.json'), JSON.stringify(project))
      await writeFile(join(folder.path, 'browser--storefront.contract.ts'), contract)
      await writeFile(join(folder.path, 'print-contract.ts'), printContract)
      await writeFile(join(folder.path, 'registers.ts'), registers)
      await writeFile(join(folder.path, 'starts-program.js'), startsProgram)
      await writeFile(join(folder.path, 'adder.js'), adder)
      await cp(join(repository, 'test/fixtures/tiny'), folder.path, { recursive: true })
      // A request that stalls is given up and asked again, well within the time of this hook.
      const patience = ['--prefer-offline', '--fetch-timeout=30000', '--fetch-retries=4']
      await run(folder.path, 'npm', ['install', '--no-audit', '--no-fund', ...patience])
    }, 300_000)

    test('its command tells its version and helps', async () => {
      const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'))
      expect(await inProject('brownout', '--version')).toBe(`${version}\n`)
      expect(await inProject('brownout', '--help')).toMatch(/^Usage: brownout /)
    })

    test('a contract in TypeScript imports it', async () => {
      expect(JSON.parse(await inProject('node', 'print-contract.ts'))).toEqual({
        node: `v${oldestNode}`,
        kind: 'contract',
        interactions: ['read an article'],
      })
    })

    test("a contract in TypeScript passes the compiler against the package's declarations", async () => {
      const tsc = join(repository, 'node_modules/.bin/tsc')
      const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noEmit']
      const files = ['browser--storefront.contract.ts', 'registers.ts']
      const args = [...strict, '--module', 'nodenext', '--allowImportingTsExtensions', '--types', '', ...files]
      expect(await run(folder.path, tsc, args)).toBe('')
    })

    test('its contracts become pacts, which are read again', async () => {
      expect(await inProject('brownout', 'pact', 'emit')).toContain(
        'reader-front.json  2 interactions, 1 of them degraded',
      )
      expect(await inProject('brownout', 'pact', 'import', 'pacts')).toContain(
        'Pact V4  reader → front  2 interactions',
      )
      const cases = `import { consumerPact } from 'brownout/pact'
        const { default: contract } = await import('./contracts/reader--front.contract.ts')
        console.log(consumerPact(contract).length)`
      expect(await inProject('node', '--input-type=module', '--eval', cases)).toBe('2\n')
    })

    test('it starts programs of its own from the build', async () => {
      expect(await inProject('node', 'starts-program.js')).toBe('42\n')
    })

    test('its gate plays a scenario on a small system', async () => {
      const printed = await inProject('brownout', 'gate', '--only', 'back-refused').catch(String)
      expect(printed).toContain('down(front → back) undone')
      // A busy machine may send the load late, which leaves the verdict open.
      expect(printed).toMatch(/degraded gracefully|sent its arrivals up to/)
    })
  })
})
