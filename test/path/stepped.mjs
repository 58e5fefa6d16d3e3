// Preloaded into a server: each SIGUSR2 puts the machine's clock, the first an hour forward, the next two hours back.
let ahead = 0
const { now } = Date
Date.now = () => now() + ahead
const steps = [3_600_000, -7_200_000]
process.on('SIGUSR2', () => { ahead += steps.shift() ?? 0 })
