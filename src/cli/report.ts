import { Command } from 'commander'

export const reportCommand = new Command('report')
  .description('judge a stored run again')
  .argument('[run]', 'id or folder of a run', 'latest')
  .option('--home <dir>', 'folder for runs and ledgers', '.brownout')
  .option('--json', 'print the report as JSON on standard output')
  .action(async (run: string, options: { home: string; json?: true }) => {
    const { judgeAgain } = await import('./judge.ts')
    await judgeAgain(run, options)
  })
