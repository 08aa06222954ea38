// automerge-repo at the chapter: node repo-client.mjs WORKLOAD FOLDER COUNT PORT TAG IDS
import fs from "node:fs"
import * as Automerge from "@automerge/automerge"
import { Repo } from "@automerge/automerge-repo"
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket"
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs"
import { clientsTen, liveOnes, record, serversTen } from "./records.mjs"
import { now, order, pause, tell, untilNext } from "./talk.mjs"

const [workload, folder, countText, port, tag, idsFile] = process.argv.slice(2)
const count = Number(countText)

fs.mkdirSync(folder, { recursive: true })
const repo = new Repo({
  storage: new NodeFSStorageAdapter(folder),
  network: [],
  sharePolicy: async () => true,
})
// Single values but for the notes, which are text that two people may edit.
const single = (text) => new Automerge.ImmutableString(text)
function shaped(value, name) {
  if (typeof value === "string") return name === "notes" ? value : single(value)
  if (Array.isArray(value)) return value.map((item) => shaped(item))
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shaped(item, key)]))
  }
  return value
}

const began = now()
const handles = []
if (workload === "upload") {
  for (let number = 0; number < count; number++) {
    handles.push(repo.create(shaped(record(number))))
    if (number % 500 === 499) await pause(0)
  }
  await repo.flush()
  fs.writeFileSync(idsFile, JSON.stringify(handles.map((handle) => handle.url)))
} else {
  const ids = JSON.parse(fs.readFileSync(idsFile))
  for (let from = 0; from < count; from += 200) {
    handles.push(...(await Promise.all(ids.slice(from, from + 200).map((url) => repo.find(url)))))
  }
  if (workload === "delta") {
    for (const number of clientsTen(count)) {
      handles[number].change((document) => {
        document.tag_a = single("client-" + tag)
      })
    }
    await repo.flush()
  }
}
const open = new Set(handles.map((handle) => handle.documentId))
for (const handle of handles) {
  handle.on("remote-heads", ({ heads }) => {
    const own = handle.heads()
    const same = own.length === heads.length && own.every((head, i) => head === heads[i])
    if (same && open.delete(handle.documentId) && open.size === 0) tell("agrees")
  })
}
if (workload === "delta") {
  const missing = new Set(serversTen(count))
  for (const number of serversTen(count)) {
    handles[number].on("change", ({ doc }) => {
      const here = String(doc.tag_b) === "server-" + tag
      if (here && missing.delete(number) && missing.size === 0) tell("has-theirs")
    })
  }
}
tell("ready", { prepared_ms: (now() - began) / 1e6 })

for (;;) {
  const word = await order()
  if (word === "go") {
    tell("go")
    repo.networkSubsystem.addNetworkAdapter(new WebSocketClientAdapter("ws://127.0.0.1:" + port))
  } else if (word === "live") {
    for (const [sequence, number] of liveOnes(count).entries()) {
      await untilNext(sequence)
      tell("changes", { sequence })
      handles[number].change((document) => {
        document.tag_a = single("live-" + sequence)
      })
    }
    tell("changed-all")
  } else if (word === "quit") {
    await repo.flush()
    process.exit(0)
  }
}
