import { Command, Option } from 'commander'
import type { JudgeOptions } from './judge.ts'
import { homeOption, withReportOptions } from './options.ts'
import type { Format } from './print.ts'

const formats: readonly Format[] = ['terminal', 'json', 'junit', 'markdown']

export const reportCommand = withReportOptions(homeOption(new Command('report')))
  .description('judge a stored run again')
  .argument('[run]', 'id or folder of a run', 'latest')
  .addOption(new Option('--format <name>', 'what to print on standard output').choices(formats))
  .action(async (run: string, options: JudgeOptions) => {
    const { judgeAgain } = await import('./judge.ts')
    await judgeAgain(run, options)
  })
