import { answers } from './answers.ts'
import { endings, hangs, nonsense } from './endings.ts'
import { requests } from './requests.ts'

export const rows = [...hangs, ...answers, ...endings, ...nonsense, ...requests]
