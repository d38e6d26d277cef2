import { answers } from './answers.ts'
import { compressions } from './compressed.ts'
import { endings, hangs, nonsense } from './endings.ts'
import { requests } from './requests.ts'

export const rows = [...hangs, ...answers, ...compressions, ...endings, ...nonsense, ...requests]
