import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** Stands after the default reporter: which tests miss which part, how to get it, and one plain line of counts. */
export class ClosingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], outside: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    process.stdout.write([...missingParts(tests), countLine(tests, modules, outside)].join('\n') + '\n')
  }
}

/** `12 passed, 0 failed, 1 skipped`. A file that does not load, a failing hook and a stray rejection are failures too. */
function countLine(tests: readonly TestCase[], modules: readonly TestModule[], outside: readonly unknown[]): string {
  const count = (state: string) => tests.filter((test) => test.result().state === state).length
  const errors = modules.flatMap((module) => [module, ...module.children.allSuites()]).flatMap((one) => one.errors())
  return `${count('passed')} passed, ${count('failed') + errors.length + outside.length} failed, ${count('skipped')} skipped`
}

/** `ctx.skip(hint)` leaves its hint as the note of the test's result. */
function missingParts(tests: readonly TestCase[]): string[] {
  const byHint = new Map<string, string[]>()
  for (const test of tests) {
    const result = test.result()
    if (result.state !== 'skipped' || result.note === undefined) continue
    byHint.set(result.note, [...(byHint.get(result.note) ?? []), `${test.module.relativeModuleId}: ${test.fullName}`])
  }
  if (byHint.size === 0) return []
  const lines = [...byHint].flatMap(([hint, names]) => [`  ${hint}`, ...names.map((name) => `    ${name}`)])
  return ['', 'Skipped for a missing part:', ...lines, '']
}
