// PouchDB at the chapter: node pouch-client.mjs WORKLOAD FOLDER COUNT PORT TAG
import fs from "node:fs"
import PouchDB from "pouchdb"
import { clientsTen, id, liveOnes, record, serversTen } from "./records.mjs"
import { now, order, tell, untilNext } from "./talk.mjs"

const [workload, folder, countText, port, tag] = process.argv.slice(2)
const count = Number(countText)
const options = { batch_size: Number(process.env.BATCH ?? 100), batches_limit: 10 }

fs.mkdirSync(folder, { recursive: true })
const own = new PouchDB(folder + "/chapter")
await own.info()
const began = now()
const change = async (number, value) => {
  const document = await own.get(id(number))
  document.tag_a = value
  await own.put(document)
}
if (workload === "upload") {
  for (let from = 0; from < count; from += 1000) {
    const some = Array.from({ length: Math.min(1000, count - from) }, (_, i) => from + i)
    await own.bulkDocs(some.map((number) => ({ _id: id(number), ...record(number) })))
  }
} else if (workload === "delta") {
  for (const number of clientsTen(count)) await change(number, "client-" + tag)
  const missing = new Set(serversTen(count).map(id))
  own.changes({ live: true, since: "now" }).on("change", (seen) => {
    if (missing.delete(seen.id) && missing.size === 0) tell("has-theirs")
  })
}
tell("ready", { prepared_ms: (now() - began) / 1e6 })

for (;;) {
  const word = await order()
  if (word === "go") {
    tell("go")
    const server = new PouchDB(`http://127.0.0.1:${port}/chapter`, { skip_setup: false })
    const failed = (error) => console.error("replication", error)
    if (workload === "upload") own.replicate.to(server, options).on("error", failed)
    else if (workload === "live") {
      await own.sync(server, options)
      tell("agrees")
      own.sync(server, { ...options, live: true, retry: true }).on("error", failed)
    } else {
      own.sync(server, options).on("complete", () => tell("agrees")).on("error", failed)
    }
  } else if (word === "live") {
    for (const [sequence, number] of liveOnes(count).entries()) {
      await untilNext(sequence)
      const document = await own.get(id(number))
      tell("changes", { sequence })
      document.tag_a = "live-" + sequence
      await own.put(document)
    }
    tell("changed-all")
  } else if (word === "quit") {
    await own.close()
    process.exit(0)
  }
}
