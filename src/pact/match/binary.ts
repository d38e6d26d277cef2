import { wrong, doubtful, type Check } from './report.ts'
import { contentOf, knownByTheirFirstBytes } from './body/magic.ts'

/**
 * Whether data are of a content type, as far as their first bytes tell. Of types that these do not tell, nobody can say.
 */
export function binaryCheck(wanted: string): Check<Uint8Array> {
  return (actual, report) => {
    const found = contentOf(actual)
    if (found === wanted) return true
    if (found !== 'application/octet-stream' || knownByTheirFirstBytes.has(wanted))
      return wrong(report, `looks like ${found}, wanted ${wanted}`)
    return doubtful(report, `cannot be checked: the first bytes do not tell ${wanted}`)
  }
}
