import { type Command, InvalidArgumentError } from 'commander'

/** What every command that plays or plans understands. */
export interface PlayOptions {
  config?: string
  only: string[]
  variant: string[]
  engines?: string
  seed?: number
  home: string
  dryRun?: true
  json?: true
  quiet?: true
  against?: string
  repeat?: number
  keep?: number
}

const collect = (value: string, before: string[]) => [...before, ...value.split(',')]

export function withPlayOptions(command: Command): Command {
  return homeOption(command)
    .option('-c, --config <file>', 'config file (default: brownout.config.ts here)')
    .option('--variant <name>', 'overlay of the environment to play with; may be repeated', collect, [])
    .option(
      '--engines <which>',
      'tools that play: embedded (the default), local, or by role: load=k6,proxies=embedded',
      (value: string, before?: string) => (before === undefined ? value : `${before},${value}`),
    )
    .option('--seed <number>', 'decides everything that is left to chance', whole(0))
}

/** For the commands that play and decide. */
export function withGateOptions(command: Command): Command {
  return withReportOptions(withPlayOptions(command))
    .option('--dry-run', 'print the plan and touch nothing')
    .option('--repeat <times>', 'play so many times, and name the promises that are unsteady', whole(1))
    .option('--keep <number>', 'afterwards remove all but so many of the newest runs', whole(1))
}

/** For the commands that print a report. */
export function withReportOptions(command: Command): Command {
  return command
    .option('--json', 'print the report as JSON on standard output')
    .option('--quiet', 'print only what is not well, and the decision')
    .option('--against <report>', 'say what changed since an earlier run: its id, its folder, a report.json, or latest')
}

export function onlyOption(command: Command): Command {
  return command.option('--only <name>', 'scenarios whose name is or contains this; may be repeated', collect, [])
}

export function homeOption(command: Command): Command {
  return command.option('--home <dir>', 'folder for runs and ledgers', '.brownout')
}

/** A parser of whole numbers from `least` on. */
export function whole(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (text.trim() === '' || !Number.isSafeInteger(number) || number < least)
      throw new InvalidArgumentError(`a whole number, ${least} or more`)
    return number
  }
}
