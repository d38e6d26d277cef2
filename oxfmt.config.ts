import { defineConfig } from 'oxfmt'

export default defineConfig({
  semi: false,
  singleQuote: true,
  printWidth: 120,
  ignorePatterns: [
    'dist',
    '.brownout',
    'package-lock.json',
    '**/*.md',
    'schema/*.json',
    'test/fixtures/**/broken-syntax.*',
  ],
})
