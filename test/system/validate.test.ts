import { describe, expect, test } from 'vitest'
import { defineSystem, host, http, node, own, redis, type SystemDefinition, url } from '../../src/system/define.ts'
import { validateSystem } from '../../src/system/validate.ts'
import { shop, shopDefinition } from './shop.ts'

const problemsOf = (definition: unknown) => validateSystem(defineSystem(definition as SystemDefinition), 'config.ts')
const service = (name: string, options: unknown) => ({
  name: 'sample',
  services: { [name]: node('main.ts', options as { port: number }), other: node('other.ts'), redis: redis() },
})

test('a system that is in order has no problems', () => {
  expect(validateSystem(shop, 'config.ts')).toEqual([])
  expect(problemsOf({ name: 'least', services: { shop: node('main.ts') } })).toEqual([])
  const states = { 'an article': async () => ({ id: 1 }) }
  expect(problemsOf({ ...shopDefinition, states, redact: ['token'] })).toEqual([])
})

describe('one problem', () => {
  const wrong: [what: string, definition: unknown, path: string[], message: RegExp, hint?: RegExp][] = [
    ['no name', { services: { shop: node('main.ts') } }, ['name'], /no name/],
    ['no services', { name: 'sample', services: {} }, ['services'], /no services/],
    ['not even a list of services', { name: 'sample' }, ['services'], /no services/],
    ['a misspelt key', { ...shopDefinition, variant: {} }, ['variant'], /unknown option "variant"/, /"variants"/],
    ['a bad service name', service('Auth_1', {}), ['services', 'Auth_1'], /"Auth_1" is no name/, /hyphens/],
    ['no service', { name: 'sample', services: { auth: 'node main.ts' } }, ['services', 'auth'], /is no service/],
    ['nothing', { name: 'sample', services: { auth: undefined } }, ['services', 'auth'], /is no service/],
    [
      'a typo in an option',
      service('auth', { replica: 2 }),
      ['services', 'auth', 'replica'],
      /unknown option/,
      /"replicas"/,
    ],
    [
      'an empty command',
      { name: 'sample', services: { auth: { kind: 'program', command: [] } } },
      ['services', 'auth', 'command'],
      /empty/,
    ],
    [
      'a command with an empty part',
      { name: 'sample', services: { auth: node('') } },
      ['services', 'auth', 'command'],
      /empty part/,
    ],
    ['half a replica', service('auth', { replicas: 1.5 }), ['services', 'auth', 'replicas'], /1\.5 is no number/],
    ['no replica', service('auth', { replicas: 0 }), ['services', 'auth', 'replicas'], /0 is no number/],
    ['replicas in words', service('auth', { replicas: '2' }), ['services', 'auth', 'replicas'], /2 is no number/],
    ['a port for two', service('auth', { replicas: 2, port: 4000 }), ['services', 'auth', 'port'], /2 replicas/],
    ['a port too high', service('auth', { port: 70_000 }), ['services', 'auth', 'port'], /70000 is no port/],
    [
      'a port twice',
      { name: 'sample', services: { auth: node('a.ts', { port: 4000 }), redis: redis({ port: 4000 }) } },
      ['services', 'redis', 'port'],
      /port 4000 is that of "auth"/,
    ],
    [
      'a bad duration',
      service('auth', { readyWithin: '5 s' }),
      ['services', 'auth', 'readyWithin'],
      /"5 s" is no length/,
    ],
    [
      'the name of a process of ours',
      service('toxiproxy', {}),
      ['services', 'toxiproxy'],
      /"toxiproxy" is what Brownout calls/,
    ],
    [
      'no time at all',
      service('auth', { readyWithin: '0s' }),
      ['services', 'auth', 'readyWithin'],
      /"0s" is no length/,
    ],
    [
      'a bad duration of a Redis',
      { name: 'sample', services: { redis: { kind: 'redis', readyWithin: 5 } } },
      ['services', 'redis', 'readyWithin'],
      /5 is no length/,
    ],
    [
      'a path without a slash',
      service('auth', { ready: http('healthz') }),
      ['services', 'auth', 'ready'],
      /"healthz" is no path/,
    ],
    [
      'a path with a line break',
      service('auth', { ready: http('/a\r\nb') }),
      ['services', 'auth', 'ready'],
      /is no path/,
    ],
    [
      'a path that is none',
      service('auth', { ready: { kind: 'http' } }),
      ['services', 'auth', 'ready'],
      /"undefined" is no path/,
    ],
    ['an unknown probe', service('auth', { ready: { kind: 'grpc' } }), ['services', 'auth', 'ready'], /no way to tell/],
    [
      'an unknown provider',
      service('auth', { env: { REDIS_HOST: host('reddis') } }),
      ['services', 'auth', 'env', 'REDIS_HOST'],
      /unknown service "reddis"/,
      /did you mean "redis"/,
    ],
    [
      'a provider like no other',
      service('auth', { env: { A: host('kafka-broker') } }),
      ['services', 'auth', 'env', 'A'],
      /unknown service "kafka-broker"/,
      /known: auth, other, redis/,
    ],
    [
      'itself',
      service('auth', { env: { A: url('auth') } }),
      ['services', 'auth', 'env', 'A'],
      /refer to itself/,
      /own\('port'\)/,
    ],
    [
      'a number',
      service('auth', { env: { WORKERS: 4 } }),
      ['services', 'auth', 'env', 'WORKERS'],
      /must be text/,
      /write '4'/,
    ],
    [
      'nothing as a value',
      service('auth', { env: { A: undefined } }),
      ['services', 'auth', 'env', 'A'],
      /must be text/,
    ],
    [
      'an unknown own',
      service('auth', { env: { A: own('prot' as 'port') } }),
      ['services', 'auth', 'env', 'A'],
      /own\('prot'\) is unknown/,
    ],
    [
      'a Redis with an environment',
      { name: 'sample', services: { redis: { kind: 'redis', env: { A: 'b' } } } },
      ['services', 'redis', 'env'],
      /no environment/,
    ],
    [
      'a Redis with replicas',
      { name: 'sample', services: { redis: { kind: 'redis', replicas: 2 } } },
      ['services', 'redis', 'replicas'],
      /unknown option/,
    ],
    [
      'a door of an unknown service',
      { ...shopDefinition, doors: { storefrond: 'balancer' } },
      ['doors', 'storefrond'],
      /unknown service "storefrond"/,
      /"storefront"/,
    ],
    [
      'an unknown door',
      { ...shopDefinition, doors: { storefront: 'balance' } },
      ['doors', 'storefront'],
      /unknown service "balance"/,
      /"balancer"/,
    ],
    [
      'a state without handler',
      { ...shopDefinition, states: { 'an article': 1 } },
      ['states', 'an article'],
      /no function/,
    ],
    [
      'a variant of an unknown service',
      { ...shopDefinition, variants: { slow: { storefrond: { MODE: 'slow' } } } },
      ['variants', 'slow', 'storefrond'],
      /unknown service "storefrond"/,
      /"storefront"/,
    ],
    [
      'a variant that refers to an unknown service',
      { ...shopDefinition, variants: { slow: { auth: { A: url('comets') } } } },
      ['variants', 'slow', 'auth', 'A'],
      /unknown service "comets"/,
      /"comments"/,
    ],
    [
      'a variant of a Redis',
      { ...shopDefinition, variants: { slow: { redis: { A: 'b' } } } },
      ['variants', 'slow', 'redis'],
      /no environment/,
    ],
  ]

  test.each(wrong)('%s', (_what, definition, path, message, hint) => {
    const problems = problemsOf(definition)
    expect(problems).toEqual([
      expect.objectContaining({ file: 'config.ts', path, message: expect.stringMatching(message) as string }),
    ])
    expect(problems[0]?.hint ?? '').toMatch(hint ?? /^/)
  })
})

test('all problems are told at once', () => {
  const problems = problemsOf({
    name: '',
    services: {
      auth: node('auth.ts', { replicas: 0, env: { REDIS: url('rediss'), WORKERS: 4 as unknown as string } }),
      redis: redis(),
    },
    doors: { auth: 'gate' },
  })
  expect(problems.map(({ path }) => path.join('.'))).toEqual([
    'name',
    'services.auth.replicas',
    'services.auth.env.REDIS',
    'services.auth.env.WORKERS',
    'doors.auth',
  ])
})
