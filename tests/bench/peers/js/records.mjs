// The same made-up supporters as ../../records.rs.
import fs from "node:fs"

const words = JSON.parse(fs.readFileSync(new URL("./words.json", import.meta.url)))

// Numbers are kept to 32 bits without a sign, as the Rust side has them.
function dice(number) {
  let state = (Math.imul(number, 2654435761) + 12345) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1) >>> 0
    mixed = (mixed ^ ((mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) >>> 0)) >>> 0
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

const two = (n) => String(n).padStart(2, "0")

export function record(number) {
  const throwDice = dice(number)
  const word = (list) => words[list][throwDice() % words[list].length]
  const day = (first, years) =>
    `${first + (throwDice() % years)}-${two(1 + (throwDice() % 12))}-${two(1 + (throwDice() % 28))}`
  const one = { id: id(number), given_name: word("first"), family_name: word("last") }
  one.preferred_name = word("first")
  one.email = `${one.given_name}.${one.family_name}${throwDice() % 1000}@example.org`.toLowerCase()
  one.phone = `+49 30 ${1000000 + (throwDice() % 9000000)}`
  one.mobile = `+49 17${throwDice() % 10} ${1000000 + (throwDice() % 9000000)}`
  one.street = word("street")
  one.house_no = String(1 + (throwDice() % 200))
  one.postcode = String(10000 + (throwDice() % 89999))
  one.city = word("city")
  one.region = word("region")
  one.country = word("country")
  one.birth_date = day(1940, 66)
  one.language = word("lang")
  one.joined = day(2010, 15)
  one.status = word("status")
  one.membership_no = 100000 + (throwDice() % 900000)
  const roles = 1 + (throwDice() % 3)
  one.roles = Array.from({ length: roles }, () => word("role"))
  one.consents = Array.from({ length: 2 }, () => ({ purpose: word("purpose"), given_at: day(2019, 6) }))
  one.tag_a = word("tag")
  one.tag_b = word("tag")
  one.source = word("source")
  one.last_contact = day(2023, 3)
  one.notes = word("word")
  while (one.notes.length < 76) one.notes += " " + word("word")
  return one
}

export const id = (number) => "S" + String(number).padStart(7, "0")

// Who is changed: ten at the client, ten others at the server, two hundred while connected.
const spread = (count, howMany, shift) =>
  Array.from({ length: howMany }, (_, i) => Math.floor((i * count) / howMany) + shift)
export const clientsTen = (count) => spread(count, 10, 3)
export const serversTen = (count) => spread(count, 10, 7)
export const liveOnes = (count) => spread(count, 200, 1)
