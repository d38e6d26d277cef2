#!/usr/bin/env node
// A published package runs its build; a clone has none and runs its sources.
import { existsSync } from 'node:fs'
import module from 'node:module'

const built = new URL('../dist/cli/main.js', import.meta.url)
const source = new URL('../src/cli/main.ts', import.meta.url)
const isInstalled = import.meta.url.includes('/node_modules/') || !existsSync(source)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (isInstalled ? major < 22 || (major === 22 && minor < 22) : major < 24) {
  process.stderr.write(
    `Failed to start "brownout": it needs Node ${isInstalled ? '22.22' : '24'} or newer, this is ${process.version}.\n` +
      (isInstalled ? 'Install a newer Node: https://nodejs.org\n' : 'In a clone: npm ci, then npx brownout …\n'),
  )
  process.exitCode = 6
} else {
  // What Node compiled once is kept in the folder for temporary files: every start after the first takes about half the time.
  module.enableCompileCache()
  if (!isInstalled)
    module.registerHooks({
      resolve: (specifier, context, next) =>
        next(specifier, { ...context, conditions: [...context.conditions, '@brownout/source'] }),
    })
  await import(isInstalled ? built.href : source.href)
}
