import { fieldOf, isNever, type ObjectCase, type Schema } from './case.ts'
import { doubt, type Excess, type Here, sure } from './comparison.ts'

export function excessOfObjects(one: ObjectCase, other: ObjectCase, here: Here): Excess[] {
  const found: Excess[] = []
  const at = (field: string) => ({ path: [...here.path, { field }] })
  for (const field of other.required) if (!one.required.has(field)) found.push(sure(at(field), 'be missing'))
  const hasOthers = !isNever(one.rest)
  if (hasOthers && isNever(other.rest)) found.push(sure(here, 'have other fields'))
  for (const field of new Set([...one.fields.keys(), ...other.fields.keys()])) {
    const [mine, theirs] = [fieldOf(one, field), fieldOf(other, field)]
    if (isNever(mine) || here.inner.cases(mine).length === 0) continue
    if (isNever(theirs)) found.push(sure(at(field), 'be there'))
    else found.push(...here.below(mine, theirs, { field }))
  }
  if (hasOthers && !isNever(other.rest)) found.push(...here.below(one.rest, other.rest, '*'))
  return [...found, ...excessOfNames(one, other, here)]
}

/** What fields may be called: those that are named, or any. */
function excessOfNames(one: ObjectCase, other: ObjectCase, here: Here): Excess[] {
  const listed: Schema = { enum: [...one.fields].filter(([, field]) => !isNever(field)).map(([name]) => name) }
  const mine: Schema = isNever(one.rest) ? listed : { type: 'string' }
  return other.names.flatMap((names) => {
    if ([mine, ...one.names].some((own) => here.below(own, names).length === 0)) return []
    const isSure = one.names.length === 0 && !isNever(one.rest)
    return [isSure ? sure(here, 'have fields of other names') : doubt(here, 'might have fields of other names')]
  })
}
