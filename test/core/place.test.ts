import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/core/errors.ts'
import { formatProblems, locate, withLines } from '../../src/core/place.ts'

const config = `import { defineSystem, node, redis, host, url } from 'brownout'
import { shared } from './shared.ts'

// services: { auth: 'a comment is no place' }
const comments = node('services/comments/main.ts', {
  env: { PORT: '4000' },
})
const catalog: ServiceDefinition = redis({ port: 1 })

export default defineSystem({
  name: 'shop: "auth", \\'comments\\'',
  services: {
    storefront: node('services/storefront/main.ts', {
      replicas: 2,
      env: { COMMENTS_URL: url('comments'), AUTH_URL: url('auth') },
    }),
    auth: node('services/auth/main.ts', {
      env: {
        /* REDIS_HOST: nor is this one */
        REDIS_HOST: host('redis'),
        'REDIS-PORT': \`\${6379}: {\`,
      },
      readyWithin: '5 s',
    }),
    comments,
    catalog,
    shared,
    mail: shared,
  },
  states: {
    async 'article 1 has two comments'({ url }) {
      await fetch(url('comments'))
    },
    ready() {},
  },
  variants: {
    'auth.awaits-redis': { auth: { DEFECTS: 'awaits-redis' } },
  },
})
`

describe('locate', () => {
  const places: [path: string[], text: string][] = [
    [['services'], 'services: {\n'],
    [['services', 'storefront'], 'storefront: node('],
    [['services', 'storefront', 'env', 'AUTH_URL'], 'AUTH_URL: url'],
    [['services', 'auth'], 'auth: node('],
    [['services', 'auth', 'env'], 'env: {\n        /*'],
    [['services', 'auth', 'env', 'REDIS_HOST'], "REDIS_HOST: host('redis')"],
    [['services', 'auth', 'env', 'REDIS-PORT'], "'REDIS-PORT'"],
    [['services', 'auth', 'readyWithin'], 'readyWithin'],
    [['services', 'comments', 'env', 'PORT'], "PORT: '4000'"],
    [['services', 'catalog', 'port'], 'port: 1'],
    [['states', 'article 1 has two comments'], "async 'article 1"],
    [['states', 'ready'], 'ready() {}'],
    [['variants', 'auth.awaits-redis', 'auth', 'DEFECTS'], 'DEFECTS:'],
  ]
  const lineOf = (text: string) => config.slice(0, config.indexOf(text)).split('\n').length

  test.each(places)('%j', (path, text) => {
    expect(config).toContain(text)
    expect(locate(config, path)).toBe(lineOf(text))
  })

  const partly: [why: string, path: string[], text: string][] = [
    ['an array index is passed over', ['services', '0', 'auth'], 'auth: node('],
    ['a key that is not written is passed over', ['services', 'auth', 'options', 'readyWithin'], 'readyWithin'],
    [
      'a key is not looked for in its neighbours',
      ['services', 'storefront', 'env', 'REDIS_HOST'],
      'env: { COMMENTS_URL',
    ],
    ['an absent last key leaves us at the former', ['services', 'storefront', 'port'], 'storefront: node('],
    ['what another file holds is not followed', ['services', 'mail', 'env', 'PORT'], 'mail: shared'],
  ]
  test.each(partly)('%s', (_why, path, text) => {
    expect(locate(config, path)).toBe(lineOf(text))
  })

  test('nothing found is no line', () => {
    expect(locate(config, [])).toBeUndefined()
    expect(locate(config, ['nowhere'])).toBeUndefined()
    expect(locate('', ['services'])).toBeUndefined()
    expect(locate('{{{ "unfinished: [', ['services', 'auth'])).toBeUndefined()
  })

  test('half-written files do not break it', () => {
    expect(locate("export default {\n  services: {\n    auth: node('x", ['services', 'auth', 'env'])).toBe(3)
  })
})

describe('withLines', () => {
  test('adds lines where a file can be read, and reads each once', () => {
    const read: string[] = []
    const problems: Problem[] = [
      { file: 'a.ts', path: ['x'], message: 'one' },
      { file: 'a.ts', path: ['y'], message: 'two' },
      { file: 'gone.ts', path: ['x'], message: 'three' },
      { file: 'a.ts', line: 9, path: ['x'], message: 'four' },
      { path: ['x'], message: 'five' },
    ]
    const lined = withLines(problems, (file) => {
      read.push(file)
      return file === 'a.ts' ? 'export default {\n  x: 1,\n  y: 2,\n}' : undefined
    })
    expect(lined.map(({ line }) => line)).toEqual([2, 3, undefined, 9, undefined])
    expect(lined[0]).toEqual({ file: 'a.ts', line: 2, path: ['x'], message: 'one' })
    expect(read).toEqual(['a.ts', 'gone.ts'])
  })
})

describe('formatProblems', () => {
  test('the problems of a file stand together, each with its place and its hint', () => {
    const problems: Problem[] = [
      {
        file: 'contracts/x.contract.ts',
        line: 12,
        path: ['interactions', 'read an article', 'degraded'],
        message: 'unknown service "comets"',
        hint: 'did you mean "comments"?',
      },
      { file: 'brownout.config.ts', path: [], message: 'does not load: no such file' },
      { file: 'contracts/x.contract.ts', line: 3, path: ['consumer'], message: 'is empty' },
      { path: ['seed'], message: 'is no number' },
    ]
    expect(formatProblems(problems)).toBe(
      [
        'contracts/x.contract.ts:12  interactions › read an article › degraded: unknown service "comets"',
        '    did you mean "comments"?',
        'contracts/x.contract.ts:3  consumer: is empty',
        '',
        'brownout.config.ts  does not load: no such file',
        '',
        'seed: is no number',
      ].join('\n'),
    )
  })

  test('no problems, no text', () => {
    expect(formatProblems([])).toBe('')
  })
})
