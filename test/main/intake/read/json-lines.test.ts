import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../temporary.ts";
import { readFile } from "../encode-file.ts";

const read = (text: string) => {
  const file = path.join(temporaryFolder(), "log.json");
  fs.writeFileSync(file, text);
  return readFile(file);
};
const line = (second: number, status: number) =>
  `{"time": "2024-05-02T10:00:0${second}Z", "client_id": "app-1", "method": "GET", "path": "/v1/g/${second}", "status": ${status}}`;

test("objects with the comma of a list behind each are lines, the last with one or not", async () => {
  for (const text of [
    `${line(1, 200)},\n${line(2, 403)},\n`,
    `${line(1, 200)},\r\n${line(2, 403)}\r\n`,
    `${line(1, 200)} , \n${line(2, 403)},`,
  ]) {
    const { events, rejects } = await read(text);
    expect(rejects).toEqual([]);
    expect(events).toMatchObject([{ app: "app-1", status: 200 }, { outcome: "denied" }]);
  }
});

test("nginx's \\xXX in JSON is that byte (ngx_http_log_module, escape=default); other escapes stay what they are", async () => {
  const { events, rejects } = await read(
    [
      String.raw`{"time_iso8601":"2024-05-02T10:00:01+00:00","remote_addr":"192.0.2.1","request":"GET /\xC3\xA9\x22\u00e9\\x41 HTTP/1.1","status":200,"http_user_agent":"a\x5C"}`,
      String.raw`{"time_iso8601":"2024-05-02T10:00:02+00:00","remote_addr":"192.0.2.1","request":"GET /b HTTP/1.1","status":403,"http_user_agent":"\xZZ"}`,
    ].join("\n"),
  );
  expect(events).toMatchObject([{ path: '/é"é\\x41', status: 200, user_agent: "a\\" }]);
  expect(rejects.map(({ line: at }) => at)).toEqual([2]);
});

test("an audit record inside a string of a JSON export is the record (Microsoft-Extractor-Suite)", async () => {
  const record = {
    CreationTime: "2024-01-06T10:00:01",
    Id: "id-1",
    Operation: "FileDownloaded",
    OrganizationId: "o",
    RecordType: 6,
    UserKey: "k",
    UserType: 0,
    Version: 1,
    Workload: "SharePoint",
    ClientIP: "192.0.2.11",
    UserId: "kim@example.org",
    ApplicationId: "app-1",
  };
  const rows = [1, 2].map((n) => ({
    RecordType: "SharePointFileOperation",
    CreationDate: "2024-01-06T10:00:01Z",
    UserIds: "kim@example.org",
    Operations: "FileDownloaded",
    AuditData: JSON.stringify({ ...record, ApplicationId: `app-${n}` }),
    Identity: `id-${n}`,
  }));
  const { events, rejects } = await read(JSON.stringify(rows, undefined, 2));
  expect(rejects).toEqual([]);
  expect(events).toMatchObject([
    {
      time: "2024-01-06T10:00:01Z",
      app: "app-1",
      operation: "FileDownloaded",
      ip: "192.0.2.11",
      actor: "kim@example.org",
    },
    { app: "app-2" },
  ]);
});
