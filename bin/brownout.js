#!/usr/bin/env node
// A published package runs its build; a clone has none and runs its sources.
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'

const built = new URL('../dist/cli/main.js', import.meta.url)
const source = new URL('../src/cli/main.ts', import.meta.url)

if (import.meta.url.includes('/node_modules/') || !existsSync(source)) {
  await import(built.href)
} else {
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, { ...context, conditions: [...context.conditions, '@brownout/source'] }),
  })
  await import(source.href)
}
