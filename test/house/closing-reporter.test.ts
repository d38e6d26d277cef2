import { execFile } from 'node:child_process'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'

const repository = join(import.meta.dirname, '../..')

/** Runs vitest on one test file in a folder of its own; resolves with what it printed. */
async function runTests(source: string): Promise<string> {
  await using folder = await temporaryFolder()
  await symlink(join(repository, 'node_modules'), join(folder.path, 'node_modules'))
  await writeFile(join(folder.path, 'some.test.ts'), source)
  await writeFile(
    join(folder.path, 'vitest.config.ts'),
    `import { ClosingReporter } from '${repository}/test/closing-reporter.ts'
     export default { test: { reporters: ['default', new ClosingReporter()] } }`,
  )
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs')
  return await new Promise((resolve) => {
    execFile(process.execPath, [vitest, 'run'], { cwd: folder.path }, (_failed, stdout) => resolve(stdout))
  })
}

test('the last line counts, and a skipped test shows how to get its part', async () => {
  const printed = await runTests(`
    import { expect, test } from 'vitest'
    test('passes', () => undefined)
    test('fails', () => expect(1).toBe(2))
    test('needs redis', (ctx) => ctx.skip('redis-server: apt-get install redis-server'))
  `)
  expect(printed.trimEnd().split('\n').at(-1)).toBe('1 passed, 1 failed, 1 skipped')
  expect(printed).toContain(
    'Skipped for a missing part:\n  redis-server: apt-get install redis-server\n    some.test.ts: needs redis\n',
  )
})

test('what fails outside of a test counts as a failure', async () => {
  const unloadable = await runTests(`import './nowhere.ts'`)
  expect(unloadable.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed, 0 skipped')
  const stray = await runTests(`
    import { test } from 'vitest'
    test('leaves a rejection behind', () => void Promise.reject(new Error('stray')))
  `)
  expect(stray.trimEnd().split('\n').at(-1)).toBe('1 passed, 1 failed, 0 skipped')
})
