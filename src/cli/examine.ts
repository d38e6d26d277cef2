import { resolve } from 'node:path'
import { checkUp } from '../doctor/checkup.ts'
import { readEngines } from '../engines/choice.ts'
import { pageOf } from '../report/page.ts'
import { paintFor } from '../report/paint.ts'
import { printable } from '../report/printable.ts'
import type { DoctorOptions } from './doctor.ts'
import { renderCheckup } from './doctor-text.ts'
import { exitWith } from './exit.ts'
import { print } from './print.ts'
import { version } from './version.ts'

export function examine({ home, fix, json, engines }: DoctorOptions): Promise<void> {
  return exitWith(async () => {
    const checkup = printable(await checkUp({ home: resolve(home), fix: fix === true, wanted: readEngines(engines) }))
    if (json) {
      const head = { format: 'brownout-doctor', version: 1, brownout: version }
      print(`${JSON.stringify({ ...head, ...checkup }, null, 2)}\n`)
    } else {
      const { columns, isTTY } = process.stdout
      const page = pageOf(columns, paintFor(isTTY === true, process.env))
      print(renderCheckup(checkup, page, { brownout: version, shownHome: home }))
    }
    return checkup.exitCode
  })
}
