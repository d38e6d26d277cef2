import type { StatusClass } from '../model.ts'

const classes: Readonly<Record<StatusClass, (status: number) => boolean>> = {
  info: (status) => status >= 100 && status < 200,
  success: (status) => status >= 200 && status < 300,
  redirect: (status) => status >= 300 && status < 400,
  clientError: (status) => status >= 400 && status < 500,
  serverError: (status) => status >= 500 && status < 600,
  nonError: (status) => status < 400,
  error: (status) => status >= 400,
}

/** Whether a status is of a class, or one of those listed. */
export function isOfStatus(wanted: StatusClass | readonly number[], status: number): boolean {
  return typeof wanted === 'string' ? classes[wanted](status) : wanted.includes(status)
}
