// One of the built programs as a process of its own: node main.mjs MODULE [ARGUMENT…]
const [module, ...args] = process.argv.slice(2)
const { main } = await import(module)
process.exitCode = await main(args)
