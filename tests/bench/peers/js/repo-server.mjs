// automerge-repo at the office: node repo-server.mjs WORKLOAD FOLDER COUNT PORT TAG IDS
import fs from "node:fs"
import * as Automerge from "@automerge/automerge"
import { Repo } from "@automerge/automerge-repo"
import { WebSocketServerAdapter } from "@automerge/automerge-repo-network-websocket"
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs"
import { WebSocketServer } from "ws"
import { clientsTen, liveOnes, serversTen } from "./records.mjs"
import { order, tell } from "./talk.mjs"

const [workload, folder, countText, port, tag, idsFile] = process.argv.slice(2)
const count = Number(countText)

fs.mkdirSync(folder, { recursive: true })
const storage = new NodeFSStorageAdapter(folder)
const ids = workload === "upload" ? [] : JSON.parse(fs.readFileSync(idsFile))
let expected = workload === "upload" ? count : Infinity
let wanted = null
const stored = new Set()
const save = storage.save.bind(storage)
storage.save = async (key, bytes) => {
  await save(key, bytes)
  const isContent = key[1] === "snapshot" || key[1] === "incremental"
  if (!isContent || (wanted && !wanted.has(key[0])) || stored.has(key[0])) return
  if (stored.add(key[0]).size === expected) tell("stored")
}
const repo = new Repo({ storage, network: [], sharePolicy: async () => true })
if (workload === "delta") {
  for (const number of serversTen(count)) {
    const handle = await repo.find(ids[number])
    handle.change((document) => {
      document.tag_b = new Automerge.ImmutableString("server-" + tag)
    })
  }
  await repo.flush()
  stored.clear()
  wanted = new Set(clientsTen(count).map((number) => ids[number].replace("automerge:", "")))
  expected = wanted.size
}
const sockets = new WebSocketServer({ port: Number(port), host: "127.0.0.1", maxPayload: 256 << 20 })
repo.networkSubsystem.addNetworkAdapter(new WebSocketServerAdapter(sockets, 600000))
tell("listens")

for (;;) {
  const word = await order()
  if (word === "watch") {
    for (const number of liveOnes(count)) {
      const handle = await repo.find(ids[number])
      handle.on("change", ({ doc }) => {
        const value = String(doc.tag_a)
        if (value.startsWith("live-")) tell("sees", { sequence: Number(value.slice(5)) })
      })
    }
    tell("watches")
  } else if (word === "quit") {
    process.exit(0)
  }
}
