import { Command } from 'commander'
import { homeOption, withReportOptions } from './options.ts'

export const reportCommand = withReportOptions(homeOption(new Command('report')))
  .description('judge a stored run again')
  .argument('[run]', 'id or folder of a run', 'latest')
  .action(async (run: string, options: { home: string; json?: true; quiet?: true; against?: string }) => {
    const { judgeAgain } = await import('./judge.ts')
    await judgeAgain(run, options)
  })
