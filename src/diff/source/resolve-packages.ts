import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** From where packages are looked for: from the module itself, or from a folder of the user's. */
export type Lookout = 'itself' | { folder: string }

/**
 * Lets modules below `tree` import packages although there may be no `node_modules` beside them: they are looked for from each
 * of `lookouts` in turn, and at last beside Brownout itself. Returns what ends it.
 */
export function resolvePackages(tree: string, lookouts: readonly Lookout[]): () => void {
  const below = pathToFileURL(join(tree, '/')).href
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (!context.parentURL?.startsWith(below) || !isPackage(specifier)) return next(specifier, context)
      for (const lookout of lookouts) {
        try {
          const parentURL = lookout === 'itself' ? context.parentURL : urlIn(lookout.folder)
          return next(specifier, { ...context, parentURL })
        } catch {
          // The next one may know it.
        }
      }
      return next(specifier, { ...context, parentURL: import.meta.url })
    },
  })
  return () => hooks.deregister()
}

/** Of a file that need not be there. */
function urlIn(folder: string): string {
  return pathToFileURL(join(folder, 'brownout.config.ts')).href
}

function isPackage(specifier: string): boolean {
  return !/^(?:\.{0,2}\/|#|[a-z]+:)/i.test(specifier)
}
