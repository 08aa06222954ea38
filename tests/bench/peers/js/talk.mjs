// Orders come in on standard input, one word a line; what happened goes out as JSON lines with the monotonic time.
import readline from "node:readline"

export const now = () => Number(process.hrtime.bigint())
export const tell = (event, more = {}) =>
  process.stdout.write(JSON.stringify({ event, at: now(), ...more }) + "\n")
export const pause = (ms) => new Promise((done) => setTimeout(done, ms))
// Between changes while connected: 30 to 52 ms, the same at every program.
export const untilNext = (sequence) => pause(30 + ((sequence * 7) % 23))

const waiting = []
const arrived = []
const lines = readline.createInterface({ input: process.stdin })
lines.on("line", (line) => {
  const taker = waiting.shift()
  if (taker) taker(line.trim())
  else arrived.push(line.trim())
})
lines.on("close", () => process.exit(0))
export const order = () =>
  arrived.length ? Promise.resolve(arrived.shift()) : new Promise((take) => waiting.push(take))

process.on("uncaughtException", (error) => console.error("uncaught", error))
process.on("unhandledRejection", (error) => console.error("unhandled", error))
