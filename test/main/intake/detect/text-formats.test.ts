import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { builtInFormats } from "../../../../main/intake/mapping/formats.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { readFile } from "../encode-file.ts";
import { physicalLines } from "../read-text.ts";

const samples = path.resolve(import.meta.dirname, "../../../../resources/formats/samples");

test("every format has one sample, and every sample a format", () => {
  expect(
    fs
      .readdirSync(samples)
      .map((name) => path.parse(name).name)
      .sort(),
  ).toEqual([...builtInFormats().keys()].sort());
});

const at = "2018-04-04T";
const group = { path: "/v2/groups/1842/members", operation: "GET /v2/groups/{id}/members", method: "GET", status: 200 };

/** What records of each format's sample must become, in their order, read by eye. */
const expected: Record<string, readonly object[]> = {
  combined: [
    { time: `${at}06:59:58Z`, ...group, ip: "198.51.100.7", bytes: 1532, user_agent: "AcmeSocial/3.1" },
    { actor: "ada@example.org", status: 403, outcome: "denied", method: "POST" },
    { ip: "2001:db8::17", status: 304, outcome: "allowed" },
    { ip: "203.0.113.9", path: "/search", status: 404 },
    { status: 200, duration_ms: 4 },
    { time: `${at}09:00:09Z`, path: "/.env", ip: "203.0.113.66", outcome: "unknown" },
    { time: `${at}09:00:11.204511Z`, ip: "203.0.113.67", outcome: "unknown" },
  ],
  "nginx-proxy-manager": [
    { ...group, ip: "198.51.100.7", bytes: 1532 },
    { status: 304 },
    { status: 444, outcome: "failed", path: "/.env" },
    { path: "/admin", ip: "203.0.113.66" },
  ],
  "nginx-error": [{ path: "/.env", ip: "203.0.113.66" }, { path: "/v2/export" }, { time: `${at}09:00:12Z` }],
  "apache-error": [{ ip: "203.0.113.67" }, { ip: "203.0.113.68" }, { time: `${at}09:00:13Z` }],
  tomcat: [
    { actor: "ada", duration_ms: 102, bytes: 7881, path: "/rest/api/content" },
    { ip: "0:0:0:0:0:0:0:1", outcome: "denied" },
  ],
  haproxy: [
    { time: `${at}08:59:59.143Z`, ...group, api: "groups", bytes: 11394, duration_ms: 147 },
    { status: 403, outcome: "denied", ip: "203.0.113.9" },
    { ip: "203.0.113.33", outcome: "unknown" },
  ],
  uwsgi: [
    { ...group, actor: "ada", bytes: 47, duration_ms: 129 },
    { status: 401, outcome: "denied" },
  ],
  "aws-alb": [
    { time: `${at}09:00:00.100Z`, ...group, request_id: "Root=1-58337281-1d84f3d73c47ec4e58577259" },
    { status: 403, path: "/.env" },
  ],
  "aws-elb": [
    { ...group, bytes: 1532 },
    { status: 503, outcome: "failed" },
  ],
  "aws-s3": [
    {
      api: "s3",
      operation: "REST.GET.OBJECT",
      actor: "arn:aws:iam::123456789012:user/acme",
      resource: "group-pictures",
    },
    { operation: "REST.GET.BUCKET", outcome: "denied", duration_ms: 8 },
  ],
  cloudfront: [{ ...group, api: "d111111abcdef8.cloudfront.net" }, { status: 403 }],
  "cloudfront-lines": [{ ...group, request_id: "SOX4xwn4XV6Q4rgb7XiVGOHms==" }, { status: 403 }],
  iis: [
    { ...group, actor: "EXAMPLE\\ada", duration_ms: 15 },
    { time: `${at}09:00:02Z`, status: 404, path: "/.env", ip: "203.0.113.9" },
  ],
  w3c: [
    { time: `${at}07:00:00Z`, ...group, actor: "ada", user_agent: 'AcmeSocial/3.1 (for "you")' },
    { status: 403, ip: "203.0.113.9" },
  ],
  "w3c-local": [{ time: `${at}09:00:00.363Z`, ...group, actor: "ada", duration_ms: 109 }, { status: 404 }],
  zeek: [
    { time: `${at}09:00:00.186641Z`, ...group, request_id: "Cw1Hz43UWS4qXFei8f", bytes: 1532 },
    { status: 403, outcome: "denied" },
  ],
  syslog: [
    { time: `${at}07:00:00.297265Z`, api: "sshd", actor: "ada", ip: "198.51.100.7", outcome: "allowed" },
    { actor: "eve", ip: "203.0.113.9", outcome: "failed" },
    { time: `${at}07:00:03.000001Z`, api: "worker" },
  ],
  "syslog-5424": [
    { time: `${at}07:00:00.251122Z`, actor: "ada", ip: "198.51.100.7", outcome: "allowed" },
    { api: "gateway", actor: "eve", ip: "203.0.113.9" },
    { api: "cron" },
  ],
  openstack: [
    { actor: "113d3a99c3da401fbd62cc2caa5b96d2", status: 200, bytes: 1893, duration_ms: 247.7829 },
    { api: "nova.compute.manager", outcome: "unknown" },
  ],
  hdfs: [{ time: `${at}09:00:00Z`, ip: "198.51.100.7" }, { api: "dfs.FSNamesystem" }],
  logfmt: [
    { time: `${at}07:00:00.273590Z`, ...group, actor: "ada", request_id: "4bf92f35" },
    { status: 401, ip: "203.0.113.9" },
  ],
  text: [{ time: `${at}09:00:00.672Z` }, { time: `${at}09:00:02.101Z` }, { time: `${at}09:00:03Z` }],
};

test.each(Object.entries(expected))(
  "%s is recognised by what it holds, and every line is accounted for",
  async (name, wanted) => {
    const file = path.join(samples, `${name}.log`);
    const { detection, events, rejects, ledger, lines, skipped } = await readFile(file);
    expect(detection.resolved.format).toBe(name);
    expect(rejects).toEqual([]);
    expect(events).toHaveLength(wanted.length);
    events.forEach((event, index) => {
      expect(event).toMatchObject(wanted[index] as object);
    });
    expect(lines).toBe(physicalLines(fs.readFileSync(file, "utf8")));
    expect(ledger.events + ledger.rejected + skipped).toBe(lines);
  },
);

const detected = async (text: string) => {
  const file = path.join(temporaryFolder(), "log");
  fs.writeFileSync(file, text);
  return readFile(file);
};

describe("what nobody has a format for", () => {
  const times = [
    "2018-04-04 09:00:00",
    "2018-04-04T09:00:01.5Z",
    "04/Apr/2018:09:00:02 +0000",
    "Wed Apr  4 09:00:03 2018",
  ];
  test.each<[string, (time: string) => string]>([
    ["at the beginning", (time) => `${time} something happened`],
    ["in brackets", (time) => `[${time}] something happened`],
    ["behind words", (time) => `host app[12] INFO ${time} something happened`],
    ["in a column", (time) => `17|a b c|${time}|x`],
  ])("a full time %s: an event a record", async (_name, line) => {
    const { detection, events, ledger } = await detected(times.map((time) => `${line(time)}\n  and more\n`).join(""));
    expect(detection.resolved.format).toBe("text");
    expect(events.map(({ time }) => time.slice(0, 17))).toEqual(Array.from({ length: 4 }, () => `${at}09:00:`));
    expect(ledger).toMatchObject({ events: 8, rejected: 0 });
  });

  test("a table whose time column has a name of its own, and one with date and time apart", async () => {
    const own = await detected("who,Zeitpunkt,what\nada,2018-04-04 09:00:00,x\nbob,2018-04-04 09:00:01,y\n");
    expect(own.detection.resolved.format).toBe("csv");
    expect(own.events.map(({ time }) => time)).toEqual([`${at}09:00:00Z`, `${at}09:00:01Z`]);
    const apart = await detected("Time;Date;user\n09:00:00.25;2018-04-04;ada\n");
    expect(apart.events).toMatchObject([{ time: `${at}09:00:00.250Z`, actor: "ada" }]);
  });

  test("a table below a title: its header is found, and the rows above it are skipped and counted", async () => {
    const { detection, events, skipped, lines } = await detected(
      "Export of 2018-04-05,,\n,,\ntimestamp,user,status\n2018-04-04T09:00:00Z,ada,200\n",
    );
    expect(detection.resolved.mapping.skip_rows).toBe(2);
    expect(events).toMatchObject([{ time: `${at}09:00:00Z`, actor: "ada", status: 200 }]);
    expect([skipped, lines]).toEqual([3, 4]);
  });

  test("a header that does not fit its rows rejects them all; one that comes again or changes holds from there on", async () => {
    const misfit = await detected("time,user\n2018-04-04T09:00:00Z,ada,200\n2018-04-04T09:00:01Z,bob,200\n");
    expect(misfit.detection.resolved.format).toBe("csv");
    expect(misfit.rejects.map(({ reason }) => reason)).toEqual([
      "the row has 3 cells, the header 2",
      "the row has 3 cells, the header 2",
    ]);
    const row = "2018-04-04T09:00:00Z,ada,200";
    const joined = await detected(
      ["time,user,status", row, "time,user,status", row, "time,user,status,ip", `${row},1.2.3.4`, row].join("\n"),
    );
    expect(joined.events.map(({ line }) => line)).toEqual([2, 4, 6]);
    expect(joined.events[2]?.ip).toBe("1.2.3.4");
    expect(joined.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [7, "the row has 3 cells, the header 4"],
    ]);
  });

  test("prose is no log", async () => {
    await expect(
      detected("It was a bright cold day in April,\nand the clocks were striking thirteen.\n"),
    ).rejects.toThrow(/not a log/u);
  });
});
