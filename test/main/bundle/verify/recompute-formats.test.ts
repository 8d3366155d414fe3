import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { verify } from "../../../../main/bundle/verify/verify.ts";
import { Engine } from "../../../../main/engine/engine.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";

/** The lines of a bundle stand there without what was around them in the original; they must be read as they were. */

const samples = path.resolve(import.meta.dirname, "../../../../resources/formats/samples");
const table = 'time,app,path\n2018-04-04T10:00:00Z,a,/1\n2018-04-04T10:00:01Z,"b\nb",/é\n2018-04-04T10:00:02Z,c,/3\n';
const tables = `${table}path,status,time,client_id
/4,403,2018-04-04T10:00:03Z,d
/2,200,2018-04-04T10:00:04Z,e
time,app,path
2018-04-04T10:00:05Z,f,/6
`;
const w3c = `#Software: x
#Date: 2018-04-04 09:00:00
#Fields: date time c-ip cs-method cs-uri-stem sc-status
2018-04-04 09:00:00 192.0.2.1 GET /1 200
2018-04-04 09:00:01 192.0.2.2 GET /2 200
#Fields: time date cs-method cs-uri-stem sc-status c-ip
09:00:02 2018-04-04 GET /3 404 192.0.2.3
09:00:03 2018-04-04 GET /4 404 192.0.2.4
`;
const files: Record<string, Buffer> = {
  "utf16le.csv": Buffer.from(`\ufeff${table}`, "utf16le"),
  "utf16be.csv": Buffer.from(`\ufeff${table}`, "utf16le").swap16(),
  "changing.csv": Buffer.from(`\ufeff${tables}`, "utf16le"),
  "changing.log": Buffer.from(`\ufeff${w3c}`),
  "generic.json": Buffer.from(
    '{"count":3,"data":{"rows":[\n{"time":1522836000,"path":"/1"},\n{"time":1522836001,"path":"/2"}]}}',
  ),
  "pretty.json": Buffer.from(
    JSON.stringify(
      [
        { time: 1522836000, path: "/1" },
        { time: 1522836001, x: [{ time: 1 }] },
      ],
      undefined,
      2,
    ),
  ),
};
/** Records of one program in another one's: they are opened again where they stand. */
const access = (path: string) =>
  `192.0.2.1 - kim [04/Apr/2018:10:00:00 +0000] "GET ${path} HTTP/1.1" 200 12 "-" "a \\"b\\" é"`;
const json = (path: string) => JSON.stringify({ client_id: "a", path, status: 200, user_agent: 'a "b" é' });
const stamp = "2018-04-04T10:00:00Z";
for (const [kind, line] of Object.entries({ access, json })) {
  const lines = ["/1", "/2", "/3"].map(line);
  files[`docker-${kind}.log`] = Buffer.from(
    lines.map((log) => `${JSON.stringify({ log: `${log}\n`, stream: "stdout", time: stamp })}\n`).join(""),
  );
  files[`cri-${kind}.log`] = Buffer.from(
    lines.map((each) => `${stamp} stdout P ${each.slice(0, 9)}\n${stamp} stdout F ${each.slice(9)}\n`).join(""),
  );
  files[`syslog-${kind}.log`] = Buffer.from(lines.map((each) => `<14>1 ${stamp} gw app 1 - - ${each}\n`).join(""));
  files[`grep-${kind}.log`] = Buffer.from(
    lines.map((each) => `/var/log/a.log:${each.replace("{", `{"time":"${stamp}",`)}\n`).join(""),
  );
  const values = lines.map((each, at) => [`152283600${at}000000000`, each]);
  files[`loki-${kind}.json`] = Buffer.from(
    JSON.stringify({ data: { result: [{ stream: {}, values }] } }, undefined, 1),
  );
  const logs = lines.map((each) => each.replace("{", `{"time":"${stamp}",`));
  files[`strings-${kind}.json`] = Buffer.from(`\ufeff${JSON.stringify({ logs })}`, "utf16le");
  files[`docker-strings-${kind}.log`] = Buffer.from(
    [lines, lines.slice(1)]
      .map(
        (each, at) => `${JSON.stringify({ log: JSON.stringify({ logs: each }), time: `2018-04-04T10:00:0${at}Z` })}\n`,
      )
      .join(""),
  );
  const message = (each: string, at: number) => ({ timestamp: 1522836000000 + at, message: each, eventId: `${at}` });
  files[`cloudwatch-${kind}.json`] = Buffer.from(
    `\ufeff${JSON.stringify({ events: lines.map(message) }, undefined, 1)}`,
    "utf16le",
  );
}
/** An item with two activities, of which a filter may choose one. */
const items = [0, 1, 2].map((at) => ({
  id: { time: `2018-04-04T10:00:0${at}Z`, uniqueQualifier: `-${at}`, applicationName: "token" },
  actor: { email: "kim@example.org" },
  events: ["drive.files.list", "GetObject", "drive.files.get"].slice(0, at + 1).map((value) => ({
    name: "activity",
    parameters: [{ name: "method_name", value }],
  })),
}));
files["activities.json"] = Buffer.from(JSON.stringify({ items }, undefined, 1));
files["activities.jsonl"] = Buffer.from(items.map((item) => `${JSON.stringify({ ...item, etag: "x" })}\n`).join(""));
for (const name of [
  "cloudtrail.json",
  "har.har",
  "otel-logs.json",
  "k8s-audit.json",
  "envoy.log",
  "m365-audit-csv.csv",
  "text.log",
])
  files[name] = fs.readFileSync(path.join(samples, name));

test("a bundle of some records, from documents, tables and lines in any encoding, is worked out anew to the same events", async () => {
  const filter = `not path:"/2" and not operation:GetObject`;
  const folder = temporaryFolder();
  for (const [name, bytes] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), bytes);
  const engine = new Engine(newCase());
  const { failures, sources } = await engine.ask("import", {
    files: Object.keys(files).map((name) => path.join(folder, name)),
  });
  expect(failures).toEqual([]);
  expect(sources.filter(({ rejected }) => rejected > 0)).toEqual([]);
  const out = path.join(folder, "bundle.zip");
  await engine.ask("bundle", { out, filter, originals: true });
  const { checks } = await verify(out, { recompute: true });
  engine.caseFile.close();
  expect(checks.filter((check) => check.ok === false)).toEqual([]);
  for (const name of ["recompute", "sources", "selection"])
    expect(checks.find(({ check }) => check === name)?.ok).toBe(true);
});
