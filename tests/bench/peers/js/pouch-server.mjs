// PouchDB at the office, behind HTTP: node pouch-server.mjs WORKLOAD FOLDER COUNT PORT TAG
import fs from "node:fs"
import express from "express"
import expressPouch from "express-pouchdb"
import PouchDB from "pouchdb"
import { clientsTen, id, serversTen } from "./records.mjs"
import { order, tell } from "./talk.mjs"

const [workload, folder, countText, port, tag] = process.argv.slice(2)
const count = Number(countText)

fs.mkdirSync(folder, { recursive: true })
const Local = PouchDB.defaults({ prefix: folder + "/" })
const app = express()
app.use("/", expressPouch(Local, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: folder + "/log.txt" }))
const own = new Local("chapter")
await own.info()
if (workload === "delta") {
  for (const number of serversTen(count)) {
    const document = await own.get(id(number))
    document.tag_b = "server-" + tag
    await own.put(document)
  }
}
const { update_seq: since } = await own.info()
const wanted = workload === "delta" ? new Set(clientsTen(count).map(id)) : null
const expected = { upload: count, delta: wanted?.size }[workload]
const stored = new Set()
if (expected) {
  own.changes({ live: true, since }).on("change", (seen) => {
    if (wanted && !wanted.has(seen.id)) return
    const before = stored.size
    if (stored.add(seen.id).size === expected && before < expected) tell("stored")
  })
}
app.listen(Number(port), "127.0.0.1", () => tell("listens"))

for (;;) {
  const word = await order()
  if (word === "watch") {
    own.changes({ live: true, since: "now", include_docs: true }).on("change", ({ doc }) => {
      if (doc.tag_a?.startsWith("live-")) tell("sees", { sequence: Number(doc.tag_a.slice(5)) })
    })
    tell("watches")
  } else if (word === "quit") {
    await own.close()
    process.exit(0)
  }
}
