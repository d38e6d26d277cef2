import { expect, test } from 'vitest'
import { BrownoutError } from '../../src/core/errors.ts'
import { readEngines } from '../../src/engines/choice.ts'

const embedded = { load: 'embedded', proxies: 'embedded', redis: 'any' }
const local = { load: 'k6', proxies: 'toxiproxy', redis: 'redis-server' }

test.for([
  ['embedded', { name: 'embedded', ...embedded }],
  ['local', { name: 'local', ...local }],
  ['load=k6', { name: 'load=k6', ...embedded, load: 'k6' }],
  ['proxies=embedded,load=k6', { name: 'load=k6,proxies=embedded', ...embedded, load: 'k6' }],
  ['redis=stand-in, local', { name: 'local,redis=stand-in', ...local, redis: 'stand-in' }],
  ['local,local', { name: 'local', ...local }],
  ['proxies=http://127.0.0.1:8474', { name: 'proxies=http://127.0.0.1:8474', proxies: 'http://127.0.0.1:8474' }],
  ['local,proxies=http://localhost:1', { name: 'local,proxies=http://localhost:1', load: 'k6' }],
  ['proxies=http://127.0.0.1:80', { proxies: 'http://127.0.0.1:80' }],
  ['proxies=http://[::1]:8474', { proxies: 'http://[::1]:8474' }],
] as const)('%s', ([text, choice]) => {
  expect(readEngines(text)).toMatchObject(choice)
})

test.for([
  ['lokal', [['unknown set of engines "lokal"', 'did you mean "local"?']]],
  ['containers', [['unknown set of engines "containers"', 'known: embedded, local']]],
  ['toxiproxy', [['unknown set of engines "toxiproxy"', 'did you mean "proxies=toxiproxy"?']]],
  ['toString', [['unknown set of engines "toString"', 'known: embedded, local']]],
  ['', [['unknown set of engines ""', 'known: embedded, local']]],
  ['local,embedded', [['"local" and "embedded" are two sets', 'name one']]],
  ['laod=k6', [['unknown role "laod"', 'did you mean "load"?']]],
  ['load=', [['unknown tool "" for load', 'known: k6, embedded']]],
  ['load=k6,load=embedded', [['load is chosen twice, "k6" and "embedded"', 'name one']]],
  ['proxies=127.0.0.1:8474', [['"127.0.0.1:8474" is no address of a Toxiproxy', 'http://127.0.0.1:8474']]],
  ['proxies=https://127.0.0.1:8474', [['is no address of a Toxiproxy', 'http://127.0.0.1:8474']]],
  ['proxies=http://me:secret@127.0.0.1:8474', [['is no address of a Toxiproxy', 'http://127.0.0.1:8474']]],
  ['proxies=http://127.0.0.1:8474/', [['is no address of a Toxiproxy', 'http://127.0.0.1:8474']]],
  ['proxies=http://10.0.0.1:8474', [['"http://10.0.0.1:8474" is not on loopback', 'on this machine only']]],
  ['proxies=http://127.0.0.1.example.org:8474', [['is not on loopback', 'on this machine only']]],
  [
    'lokal,load=k7,redis=redis',
    [
      ['unknown set of engines "lokal"', 'did you mean "local"?'],
      ['unknown tool "k7" for load', 'did you mean "k6"?'],
      ['unknown tool "redis" for redis', 'known: redis-server, stand-in'],
    ],
  ],
] as const)('what is wrong with "%s" is told all at once, as bad usage', ([text, problems]) => {
  const error = thrownBy(() => readEngines(text))
  expect(error).toMatchObject({ code: 'BAD_ENGINES', exitCode: 2 })
  expect(error.problems).toEqual(
    problems.map(([message, hint]) => ({
      path: [],
      message: expect.stringContaining(message) as string,
      hint: expect.stringContaining(hint) as string,
    })),
  )
})

function thrownBy(work: () => unknown): BrownoutError {
  try {
    work()
  } catch (error) {
    if (error instanceof BrownoutError) return error
  }
  throw new Error('nothing was thrown')
}
