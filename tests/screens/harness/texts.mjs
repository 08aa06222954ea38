// The texts of the screens, from the same files that the programs read.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const workspace = fileURLToPath(new URL("../../../", import.meta.url));

function files(folder) {
  let names = [];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : path.endsWith(".ftl") ? [path] : [];
  });
}

/** Key → text of one language, over what both programs share and this program's own. */
export function texts(program, language) {
  const known = new Map();
  for (const path of ["shared", program].flatMap((member) => files(join(workspace, member, "locales")))) {
    if (!path.includes(`/${language}/`) && !path.endsWith(`/${language}.ftl`)) continue;
    for (const line of readFileSync(path, "utf8").split("\n")) {
      const read = /^([a-z][\w-]*) = (.+)$/.exec(line);
      if (read) known.set(read[1], read[2]);
    }
  }
  return (key) => {
    if (!known.has(key)) throw new Error(`no text ${key} in ${language} of ${program}`);
    return known.get(key);
  };
}
