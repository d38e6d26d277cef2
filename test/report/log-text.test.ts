import { expect, test } from 'vitest'
import { logText } from '../../src/report/log-text.ts'

test.for([
  { what: 'plain text', line: 'GET /x 500', text: 'GET /x 500' },
  { what: 'a number', line: '7', text: '7' },
  {
    what: 'JSON',
    line: '{"level":30,"time":1,"requestId":"r","msg":"answered","status":503}',
    text: 'answered · status: 503',
  },
  { what: 'its message by another name', line: '{"message":"late","ms":7}', text: 'late · ms: 7' },
  { what: 'no message', line: '{"url":"/page","requestId":"r"}', text: 'url: /page' },
  {
    what: 'an error',
    line: '{"msg":"no","err":{"type":"E","message":"timed out","stack":"…"}}',
    text: 'no · err: timed out',
  },
  { what: 'a list', line: '{"msg":"no","tried":[1,2]}', text: 'no · tried: [1,2]' },
  { what: 'what is cut off', line: '{"msg":"no', text: '{"msg":"no' },
])('$what', ({ line, text }) => {
  expect(logText(line)).toBe(text)
})
