import type { PartName } from '../../core/parts.ts'

/** How a part is built from its sources, by Go: a throw-away module that requires its module, and builds its main package. */
export interface Recipe {
  name: BuiltPart
  version: string
  /** The oldest Go that its module takes. */
  go: string
  module: string
  /** The package below the module that is the program; `''`: the module's own. */
  main: string
  flags: readonly string[]
}

/** Parts that `brownout parts` builds; Redis is the machine's affair. */
export type BuiltPart = Exclude<PartName, 'redis-server'>

export const recipes: Record<BuiltPart, Recipe> = {
  k6: { name: 'k6', version: '2.2.0', go: '1.25', module: 'go.k6.io/k6/v2', main: '', flags: [] },
  'toxiproxy-server': {
    name: 'toxiproxy-server',
    version: '2.12.0',
    go: '1.23',
    module: 'github.com/Shopify/toxiproxy/v2',
    main: '/cmd/server',
    // Built without it, it says that its version is `git`.
    flags: ['-ldflags', '-X github.com/Shopify/toxiproxy/v2.Version=2.12.0'],
  },
}

/** The file that makes a folder the throw-away module. */
export function goModOf({ go, module, version }: Recipe): string {
  return `module parts\n\ngo ${go}\n\nrequire ${module} v${version}\n`
}

/** What Go is asked to do in that folder; the program is then `name` in it. */
export function goArgsOf({ name, module, main, flags }: Recipe): string[] {
  // `-mod=mod` lets it write down what the module needs in turn, with the sums it checked.
  return ['build', '-mod=mod', ...flags, '-o', name, module + main]
}
