import { type Command, InvalidArgumentError } from 'commander'

/** What every command that plays or plans understands. */
export interface PlayOptions {
  config?: string
  only: string[]
  variant: string[]
  seed?: number
  home: string
  dryRun?: true
  json?: true
}

const collect = (value: string, before: string[]) => [...before, ...value.split(',')]

export function withPlayOptions(command: Command): Command {
  return command
    .option('-c, --config <file>', 'config file (default: brownout.config.ts here)')
    .option('--variant <name>', 'overlay of the environment to play with; may be repeated', collect, [])
    .option('--seed <number>', 'decides everything that is left to chance', parseSeed)
    .option('--home <dir>', 'folder for runs and ledgers', '.brownout')
}

function parseSeed(text: string): number {
  const seed = Number(text)
  if (!Number.isSafeInteger(seed) || seed < 0) throw new InvalidArgumentError('a whole number, 0 or more')
  return seed
}

export function onlyOption(command: Command): Command {
  return command.option('--only <name>', 'scenarios whose name is or contains this; may be repeated', collect, [])
}
