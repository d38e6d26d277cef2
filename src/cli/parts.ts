import { Command, Option } from 'commander'
import { type PartName, partFacts } from '../core/parts.ts'

const names = Object.keys(partFacts) as PartName[]

export const partsCommand = new Command('parts')
  .description('build k6 and Toxiproxy, which the engines of `local` need, where they are not here yet')
  .addOption(new Option('--only <name>', 'this part alone').choices(names))
  .action(async ({ only }: { only?: PartName }) => {
    const { getParts } = await import('./get-parts.ts')
    await getParts(only === undefined ? names : [only])
  })
