import { globSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compileContracts } from '../../src/contract/compile.ts'
import type { Contract } from '../../src/contract/define.ts'
import { fillRequest, placeholders } from '../../src/contract/fill.ts'
import { resolveStance } from '../../src/contract/resolve.ts'
import { actualRequest } from '../../src/mock/actual.ts'
import { answering } from '../../src/mock/answer.ts'
import { createMock } from '../../src/mock/mock.ts'
import { emitPacts } from '../../src/pact/emit/emit-contracts.ts'

const folder = join(import.meta.dirname, '../../contracts')
const files = globSync('*.contract.ts', { cwd: folder }).toSorted()

test('there are contracts', () => {
  expect(files).toContain('browser--storefront.contract.ts')
})

test.for(files)('what a mock of %s answers keeps the half that it stands for, whatever is broken', async (file) => {
  const { default: contract } = (await import(join(folder, file))) as { default: Contract }
  const pacts = emitPacts([{ file, contract }], { whole: true }).map(({ pact }) => ({ file, pact }))
  const { mock, problems } = createMock(pacts)
  // That of messages alone has nothing to answer.
  expect(problems).toHaveLength(Object.keys(contract.interactions).length === 0 ? 1 : 0)

  const { terms, checker } = compileContracts([{ file, contract }])
  const answerOf = answering(1)
  for (const interaction of terms.interactions) {
    const definition = contract.interactions[interaction.name]
    if (!definition) throw new Error('the interaction is missing')
    const { request, parameters, rows = [{}] } = definition
    for (const row of rows) {
      const fromState = Object.fromEntries(placeholders(request).map((name) => [name, `the-${name}`]))
      const { path, ...rest } = fillRequest(request, { ...fromState, ...parameters, ...row })
      const actual = actualRequest({ ...rest, target: path })
      for (const broken of [null, ...mock.conditions]) {
        const found = mock.find(actual, { broken: broken ? [broken] : [], state: interaction.given })
        if (!('stub' in found)) throw new Error(JSON.stringify(found.explanation))
        expect(found.stub.interaction).toBe(interaction.name)
        const { status, headers, body } = answerOf(found.stub)
        const text = new TextDecoder().decode(body ?? undefined)
        const keeps = checker.keeps(interaction.id, { status, headers: Object.fromEntries(headers), body: text })
        const stance = broken && resolveStance(interaction, { consumer: 'anybody', ...broken })
        expect(keeps & (1 << (stance?.bit ?? 0)), `${found.stub.half}: ${text}`).not.toBe(0)
      }
    }
  }
})
