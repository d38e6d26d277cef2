import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BrownoutError } from '../../src/core/errors.ts'
import { freePorts } from '../../src/core/ports.ts'
import { prepare } from '../../src/run/prepare.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** Definitions as plain JavaScript, which no type check has seen. */
const right = {
  config: service('', 'variants: { slow: {} }'),
  contract: `{ consumer: 'reader', provider: 'front', interactions: { read: { request: { method: 'GET', path: '/' }, response: { status: 200 } } } }`,
  scenario: `{ title: 't', load: { rate: 10, mix: { 'reader -> front / read': 1 } }, faults: [{ kind: 'down', on: 'back', condition: 'unavailable' }], promises: { during: [{ kind: 'none', class: 'broken' }] } }`,
}

/** A system of two services, with these parts of one and these of the whole. */
function service(parts: string, whole = '') {
  const back = `{ kind: 'program', command: ['back'], env: { FRONT: { reference: 'url', service: 'front' } } }`
  const front = `{ kind: 'program', command: ['front'], env: { BACK: { reference: 'url', service: 'back' } }, ${parts} }`
  return `{ name: 's', services: { back: ${back}, front: ${front} }, ${whole} }`
}

async function prepareFiles(folder: string, change: Partial<typeof right> = {}) {
  const { config, contract, scenario } = { ...right, ...change }
  const write = (file: string, kind: string, text: string) =>
    writeFileSync(join(folder, file), `export default { kind: '${kind}', ...${text} }\n`)
  for (const inside of ['contracts', 'scenarios']) mkdirSync(join(folder, inside), { recursive: true })
  write('brownout.config.mjs', 'system', config)
  write('contracts/a.contract.mjs', 'contract', contract)
  write('scenarios/a.scenario.mjs', 'scenario', scenario)
  return prepare({
    cwd: folder,
    variants: ['slow'],
    only: [],
    seed: 1,
    today: '2026-11-21',
    data: join(folder, 'data'),
  })
}

test.for<[Partial<typeof right>, string, string]>([
  [{ config: `{ name: 's' }` }, 'services', 'there are no services'],
  [{ config: `{ name: 's', services: null }` }, 'services', 'there are no services'],
  [{ config: `{ name: 's', services: { front: null } }` }, 'services.front', 'is no service'],
  [{ config: service('env: { A: null }') }, 'services.front.env.A', 'must be text'],
  [{ config: service('env: null') }, 'services.front.env', 'is no environment'],
  [{ config: service('ready: null') }, 'services.front.ready', 'is no way to tell that it is ready'],
  [{ config: service('replicas: Infinity') }, 'services.front.replicas', 'is no number of instances'],
  [{ config: `{ name: 's', services: {}, variants: { slow: null } }` }, 'variants.slow', 'is no overlay'],
  [{ config: service('', 'variants: { slow: { front: null } }') }, 'variants.slow.front', 'is no environment'],
  [{ config: service('', 'variants: { slow: { front: { A: null } } }') }, 'variants.slow.front.A', 'must be text'],
  [{ contract: `{ consumer: 'reader', provider: 'front' }` }, 'interactions', 'interactions is missing'],
  [{ contract: `{ consumer: 'reader' }` }, 'provider', 'the provider is missing'],
  [
    { contract: `{ consumer: 'reader', provider: 'front', interactions: { read: null } }` },
    'interactions.read',
    'an interaction is no object',
  ],
  [{ scenario: `{}` }, 'promises', 'promises nothing'],
])('a shape that no type check saw is a problem of the file: %o', async ([change, path, message]) => {
  await using folder = await temporaryFolder()
  const error = await prepareFiles(folder.path, change).catch((thrown: unknown) => thrown)
  if (!(error instanceof BrownoutError)) throw error
  expect(error).toMatchObject({ code: 'INVALID_FILES', exitCode: 2 })
  const found = error.problems.map((problem) => `${problem.path.join('.')}: ${problem.message}`)
  expect(
    found.some((text) => text.startsWith(`${path}: `) && text.includes(message)),
    found.join('\n'),
  ).toBe(true)
})

test.for<[file: string, message: string]>([
  ['more/a.scenario.mjs', 'is named "a", as scenarios/a.scenario.mjs is'],
  ['more/A.scenario.mjs', 'is named "A", as scenarios/a.scenario.mjs is'],
  ['baseline.scenario.mjs', 'is named "baseline", which a run keeps for itself'],
  ['Logs.scenario.mjs', 'is named "Logs", which a run keeps for itself'],
  ['run.json.scenario.mjs', 'is named "run.json", which a run keeps for itself'],
  ['...scenario.mjs', 'is named "..", which a run keeps for itself'],
  ['.scenario.mjs', 'is named "", which a run keeps for itself'],
])('a scenario in %s would share the folder of something else', async ([file, message]) => {
  await using folder = await temporaryFolder()
  mkdirSync(join(folder.path, 'scenarios', 'more'), { recursive: true })
  writeFileSync(join(folder.path, 'scenarios', file), `export default { kind: 'scenario', ...${right.scenario} }\n`)
  const error = await prepareFiles(folder.path).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    code: 'INVALID_FILES',
    problems: [{ file: `scenarios/${file}`, message, hint: 'give the file another name' }],
  })
})

test('a port that is chosen is never one that a service has fixed, though nobody listens on it yet', async () => {
  await using folder = await temporaryFolder()
  const [fixed] = await freePorts(1)
  const { plan, apiPort } = await prepareFiles(folder.path, {
    config: service(`port: ${fixed}`, `variants: { slow: {} }`),
  })
  const { instances, edges } = plan.topology
  const chosen = [
    apiPort,
    ...instances.map(({ port }) => port),
    ...edges.flatMap(({ proxy, tap }) => [proxy.port, tap.port]),
  ]
  expect(chosen.filter((port) => port === fixed)).toHaveLength(1)
  expect(new Set(chosen).size).toBe(chosen.length)
})
