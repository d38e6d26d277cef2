import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { contract, diff, pact, repository, write } from './diff-files.ts'

const file = 'contracts/browser--shop.contract.ts'

test('files: what may surprise a consumer is breaking, exit 1; the other way round it is not, exit 0', async () => {
  await using folder = await temporaryFolder()
  write(folder.path, {
    'old.contract.ts': contract('z.string()'),
    'new.contract.ts': contract('z.string().nullable()'),
  })
  expect(await diff(folder.path, 'old.contract.ts', 'new.contract.ts')).toEqual({
    code: 1,
    output: `browser → shop / read
  breaking   normal body $.article: may now be null

old.contract.ts → new.contract.ts: 1 breaking; one interaction compared (exit 1)
`,
  })
  expect(await diff(folder.path, 'new.contract.ts', 'old.contract.ts')).toEqual({
    code: 0,
    output: `browser → shop / read
  widening   normal body $.article: can no longer be null

new.contract.ts → old.contract.ts: 1 widening; one interaction compared (exit 0)
`,
  })
  const { code, output } = await diff(folder.path, 'old.contract.ts', 'old.contract.ts')
  expect(output).toMatch(
    /^old\.contract\.ts → old\.contract\.ts: nothing has changed; one interaction compared\s\(exit 0\)\n$/,
  )
  expect(code).toBe(0)
})

test('folders: what is gone and what is new; only one pair when asked; as JSON', async () => {
  await using folder = await temporaryFolder()
  const [browser, phone] = [contract('z.string()'), contract('z.string()', { consumer: 'phone' })]
  write(folder.path, {
    'old/contracts/browser--shop.contract.ts': browser,
    'old/tsconfig.json': '{ "not": "a pact", }',
    'new/browser--shop.contract.ts': browser,
    'new/phone--shop.contract.ts': phone,
    'new/node_modules/x/y.contract.ts': 'export default 1',
    'new/package.json': '{ "type": "module" }',
  })
  const there = await diff(folder.path, 'old', 'new')
  expect(there.code).toBe(0)
  expect(there.output).toContain('phone → shop / read\n  widening   is new\n')
  expect(there.output).toContain('note: new/package.json: is left out: it is no pact')
  expect((await diff(folder.path, 'new', 'old')).output).toContain('phone → shop / read\n  breaking   is gone\n')

  const { code, output } = await diff(folder.path, 'new', 'old', '--consumer', 'browser', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({
    format: 'brownout-diff',
    version: 1,
    exitCode: 0,
    old: 'new',
    new: 'old',
    interactions: [{ key: 'browser → shop / read', consumer: 'browser', provider: 'shop', name: 'read', changes: [] }],
  })
  expect(await diff(folder.path, 'new', 'old', '--consumer', 'phone')).toEqual({
    code: 3,
    output: expect.stringContaining('"old" says nothing of phone → any provider'),
  })
  expect(await diff(folder.path, 'new', 'old', '--provider', 'shp')).toEqual({
    code: 2,
    output: expect.stringContaining('did you mean "shop"?'),
  })
})

test('a pact against a contract', async () => {
  await using folder = await temporaryFolder()
  write(folder.path, { 'a.json': pact('x'), 'a.contract.ts': contract('z.string().min(1)') })
  const there = await diff(folder.path, 'a.json', 'a.contract.ts')
  expect(there.output).toContain('widening   request path: may now be a text other than "/articles/1"')
  expect(there.output).toContain('widening   normal body $.article: can no longer be empty')
  expect(there.code).toBe(0)
  const back = await diff(folder.path, 'a.contract.ts', 'a.json')
  expect(back.output).toContain('breaking   normal body $.article: may now be empty')
  expect(back.code).toBe(1)
})

test('Git revisions: of the contracts here, of a path, with what they import; nothing is left behind or touched', async () => {
  await using folder = await temporaryFolder()
  const shared = `import { z } from 'zod'\nexport const Article = z.string()`
  const importing = (article: string) => `import { Article } from '../src/shared.ts'\n${contract(article)}`
  repository(folder.path, [
    { [file]: importing('Article'), 'src/shared.ts': shared, 'readme.txt': 'none' },
    { [file]: importing('Article.nullable()'), 'pacts/a.json': pact('x') },
  ])
  write(folder.path, { [file]: contract('z.number()') })
  const index = readFileSync(join(folder.path, '.git/index'))
  const before = readdirSync(folder.path)

  const between = await diff(folder.path, 'HEAD~1', 'main')
  expect(between.output).toContain('HEAD~1 → main: 1 breaking')
  expect(between.output).toContain('breaking   normal body $.article: may now be null')
  expect(between.code).toBe(1)

  const toHere = await diff(folder.path, 'HEAD', 'contracts')
  expect(toHere.output).toMatch(/normal body \$\.article: may now be a number, and no longer be a text\s+or null/)

  expect((await diff(folder.path, 'HEAD~1', `HEAD:${file}`)).output).toContain('may now be null')
  expect((await diff(join(folder.path, 'src'), 'HEAD~1:./../contracts', 'HEAD:contracts')).output).toContain(
    'may now be null',
  )
  expect((await diff(folder.path, 'HEAD~1', 'HEAD:pacts')).output).toContain('request path: can no longer be')

  expect(readFileSync(join(folder.path, '.git/index'))).toEqual(index)
  expect(readdirSync(folder.path)).toEqual(before)
  expect(readFileSync(join(folder.path, file), 'utf8')).toContain('z.number()')
})

test('what is wrong is told at once, of both sides, with file and line, exit 2', async () => {
  await using folder = await temporaryFolder()
  repository(folder.path, [
    {
      [file]: contract('z.string()', { more: `\n      recovers: 'soon',` }),
      'contracts/broken.contract.ts': 'export default {',
      'bad/a.json': '{ "interactions": [',
      'empty/readme.md': 'nothing',
      'twice/a.json': pact('x'),
      'twice/b.json': pact('x'),
    },
  ])
  const both = await diff(folder.path, 'HEAD', 'bad')
  expect(both.code).toBe(2)
  expect(both.output).toMatch(/3 problems/)
  expect(both.output).toMatch(/^HEAD:contracts\/browser--shop\.contract\.ts:13 {2}interactions › read › recovers: /m)
  expect(both.output).toMatch(/^HEAD:contracts\/broken\.contract\.ts {2}does not load: /m)
  expect(both.output).toMatch(/^bad\/a\.json:1 {2}is no JSON/m)
  expect(existsSync(join(folder.path, '.brownout'))).toBe(false)

  const cases = [
    [
      ['nowhere', 'empty'],
      /nowhere {2}there is no such file or folder here, and no such Git revision[^]*"empty" holds no contract and no pact/,
    ],
    [['HEAD:nowhere', 'empty/readme.md'], /there is no "nowhere" in it[^]*is neither a contract/],
    [['twice', 'twice'], /"browser → shop \/ read" is in twice\/b\.json too/],
    [['HEAD'], /missing required argument 'new'/],
  ] as const
  for (const [args, said] of cases) {
    const { code, output } = await diff(folder.path, ...args)
    expect(output).toMatch(said)
    expect(code).toBe(2)
  }
})

test('outside of a repository a name is no revision', async () => {
  await using folder = await temporaryFolder()
  write(folder.path, { 'a.contract.ts': contract('z.string()') })
  const { code, output } = await diff(folder.path, 'main', 'a.contract.ts')
  expect(output).toContain('no such Git revision')
  expect(output).toContain('Git says: fatal: not a git repository')
  expect(code).toBe(2)
})
