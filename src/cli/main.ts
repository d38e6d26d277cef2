console.log('hello', process.version, process.argv.slice(2))
const m = await import('brownout')
console.log(m)
