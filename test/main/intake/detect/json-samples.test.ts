import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { describe, expect, test } from "vitest";
import type { EventRecord } from "../../../../shared/model/event.ts";
import { readFile } from "../encode-file.ts";
import { physicalLines, samples } from "../read-text.ts";

type Event = Omit<EventRecord, "source">;

/** Folders whose files are JSON, or tables with JSON inside, with what is rejected in them: the record's first line, and why. */
const FOLDERS: Record<string, RegExp> = {
  cloudtrail: /./u,
  azure: /./u,
  gcp: /./u,
  m365: /./u,
  k8s: /./u,
  "json-access": /^(?!envoy)/u,
  har: /^(?!broken)/u,
  zeek: /\.json/u,
};
const REJECTED: Record<string, number[]> = {
  "k8s/k8s_audit_falco.jsonl": [49],
  "json-access/traefik_small_crowdsec.log": [6],
};

const files = fs.existsSync(samples)
  ? Object.entries(FOLDERS).flatMap(([folder, wanted]) =>
      fs
        .readdirSync(path.join(samples, folder))
        .filter((name) => wanted.test(name))
        .map((name) => `${folder}/${name}`),
    )
  : [];

/** Names under which logs write what an event has; looked for anywhere near the top of a record, whatever its format. */
const OPERATION =
  /^(?:event_?name|operation(?:_?name)?|method_?name|request_?uri|uri|url|request_?path|clientrequesturi|originalrequesturiwithargs|command|verb)$/iu;
const OUTCOME =
  /^(?:status(?:_code)?|code|errorcode|resultstatus|httpstatus|downstreamstatus|edgeresponsestatus|response_code|reply_code|conn_state|rcode_name|auth_success|last_reply)$/iu;
const WHO =
  /^(?:arn|principalid|username|user|login|principalemail|caller|userid|client_?ip(?:_?address)?|sourceips?|sourceipaddress|callerip|remote_ip|clienthost|id[._]orig_h)$/iu;
/** What these hold is the request's or the answer's own content, or counters. */
const CONTENT =
  /^(?:request_?object|response_?object|request_?parameters|response_?elements|payload|request|response|headers|resp_headers|creator|timings|upstreams|server_zones|caches|claims|sub_status|pages|jsonpayload|repo|org|resource|labels|cloudtrailevent)$/iu;

function has(value: unknown, name: RegExp, inRequest = true, depth = 0): boolean {
  if (value === null || typeof value !== "object" || Array.isArray(value) || depth > 3) return false;
  return Object.entries(value).some(([key, inner]) => {
    const isThere = inner !== null && inner !== "" && inner !== "-" && inner !== 0;
    if (name.test(key) && isThere && (typeof inner !== "object" || Array.isArray(inner))) return true;
    // An access log's own request is looked into, one made to an API is not.
    if (CONTENT.test(key) && !(inRequest && /^(?:request|response|resource)$/u.test(key))) return false;
    return has(inner, name, inRequest, depth + 1);
  });
}

/** The records of a text by JSON.parse alone, in order; undefined for a line that is none. */
function recordsOf(text: string): (object | undefined)[] {
  const parsed = (line: string) => {
    try {
      const value: unknown = JSON.parse(line.replace(/^[\w.-]+ +\| /u, ""));
      return typeof value === "object" && value !== null ? value : undefined;
    } catch {
      return undefined;
    }
  };
  const whole = parsed(text.replace(/^\uFEFF/u, "")) as { Records?: object[]; log?: { entries: object[] } } | undefined;
  if (whole) return whole.Records ?? whole.log?.entries ?? [whole];
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parsed);
}

const textOf = (file: string): Buffer => {
  const raw = fs.readFileSync(path.join(samples, file));
  return file.endsWith(".gz") ? zlib.gunzipSync(raw) : raw;
};

function demandFilled(record: object, event: Event, where: string): void {
  if (has(record, OPERATION)) expect(event.operation ?? event.path, `${where}: operation`).toBeTruthy();
  if (has(record, OUTCOME)) expect([where, event.status ?? event.outcome]).not.toEqual([where, "unknown"]);
  if (has(record, WHO)) expect(event.actor ?? event.ip, `${where}: who`).toBeTruthy();
}

describe.skipIf(files.length === 0)(`real exports over JSON${files.length === 0 ? `: none at ${samples}` : ""}`, () => {
  test.each(files.filter((file) => !file.includes(".csv")))("%s: every record, all that it has", async (file) => {
    const bytes = textOf(file);
    const text = bytes.toString("utf8");
    const { events, rejects, lines, ledger } = await readFile(path.join(samples, file));
    expect(rejects.map(({ line }) => line)).toEqual(REJECTED[file] ?? []);
    expect(lines).toBe(physicalLines(text));
    expect(ledger.events + ledger.rejected).toBeLessThanOrEqual(lines);
    const records = recordsOf(text);
    expect(events.length + rejects.length).toBe(records.length);
    const sound = records.filter((record) => record !== undefined && Object.keys(record).length > 1) as object[];
    expect(events.length).toBe(sound.length);
    for (const [index, event] of events.entries()) {
      const record = sound[index] as object;
      const own = bytes.toString("utf8", event.offset, event.offset + event.length).replace(/^[\w.-]+ +\| /u, "");
      expect(JSON.parse(own)).toEqual(record);
      demandFilled(record, event, `${file}:${event.line}`);
    }
  });

  test.each(files.filter((file) => file.startsWith("m365/")))("%s: the record inside the table", async (file) => {
    const bytes = textOf(file);
    const { events, rejects, ledger, lines, skipped } = await readFile(path.join(samples, file));
    expect([rejects, skipped]).toEqual([[], 1]);
    expect(ledger.events + 1).toBe(lines);
    expect(lines).toBe(physicalLines(bytes.toString("utf8")));
    for (const event of events) {
      const cell = /^"((?:[^"]|"")*)"/u.exec(bytes.toString("utf8", event.offset, event.offset + event.length))?.[1];
      const record = JSON.parse((cell as string).replaceAll('""', '"')) as Record<string, string>;
      demandFilled(record, event, `${file}:${event.line}`);
      expect([event.time, event.operation, event.actor, event.request_id]).toEqual([
        `${record.CreationTime}Z`,
        record.Operation,
        record.UserId,
        record.Id,
      ]);
    }
  });

  test("a table of S3 calls", async () => {
    const { events, rejects } = await readFile(path.join(samples, "cloudtrail/AWS_S3_HoneyBucketLogs.csv"));
    expect([events.length, rejects]).toEqual([301, []]);
    for (const event of events)
      expect(Object.keys(event)).toEqual(expect.arrayContaining(["operation", "actor", "ip"]));
  });

  test("Envoy's JSON and its text form in one file, behind a runtime's prefix", async () => {
    const { events, rejects } = await readFile(path.join(samples, "json-access/envoy_cri_crowdsec.log"));
    expect([events.length, rejects]).toEqual([10, []]);
    for (const event of events)
      expect(Object.keys(event)).toEqual(expect.arrayContaining(["path", "status", "ip", "duration_ms"]));
  });

  test("broken_mitmproxy.har: one rejected record, of all its lines", async () => {
    const { events, rejects } = await readFile(path.join(samples, "har/broken_mitmproxy.har"));
    expect([events.length, rejects.map(({ line, lines }) => [line, lines])]).toEqual([0, [[1, 5]]]);
  });

  test("a few values, read from the files by eye", async () => {
    const at = async (file: string, index: number) => (await readFile(path.join(samples, file))).events[index];
    expect(await at("cloudtrail/cloudtrail_lookup_plaso.jsonl", 0)).toMatchObject({
      time: "2022-02-07T22:23:37Z",
      actor: "arn:aws:iam::012345678901:user/fakeusername",
      outcome: "allowed",
    });
    expect(await at("cloudtrail/cloudtrail_crowdsec.jsonl", 0)).toMatchObject({
      operation: "ConsoleLogin",
      outcome: "denied",
    });
    expect(await at("gcp/gcp_logging_plaso.jsonl", 10)).toMatchObject({
      outcome: "denied",
      ip: expect.any(String) as string,
    });
    expect(await at("zeek/SCRANTON_conn.json.log", 0)).toMatchObject({
      time: "2020-04-30T00:06:38.899710Z",
      ip: "10.0.1.4",
    });
    expect(await at("json-access/caddy_crowdsec.log", 0)).toMatchObject({
      time: "2023-09-04T15:19:51.756499Z",
      path: "/",
    });
    expect(await at("har/insomnia_mitmproxy.har", 0)).toMatchObject({ duration_ms: 70.402, path: "/", api: "mitm.it" });
    expect(await at("azure/azure_appgw_access_plaso.jsonl", 1)).toMatchObject({
      status: 400,
      outcome: "failed",
      duration_ms: 34,
    });
  });
});
