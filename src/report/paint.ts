import { styleText } from 'node:util'

export type Color = 'bold' | 'dim' | 'green' | 'red' | 'yellow'
export type Paint = (color: Color, text: string) => string

export const plain: Paint = (_, text) => text
export const colored: Paint = (color, text) => styleText(color, text, { validateStream: false })
