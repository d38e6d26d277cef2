/**
 * Text on its way to the log of a GitHub workflow, in which no line is a command to the runner: `::error::` where a line
 * begins, the older `##[error]` anywhere. Telling the runner to stop listening would not do: it reads standard error, where
 * annotations are, before what was written to standard output earlier.
 */
export function noCommands(text: string): string {
  return text.replace(/^[\t\v\f\u0085\p{Zs}]*(?=::)|##(?=\[)/gmu, '$&\\')
}
