import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readAgain } from "../../../../main/intake/read-again.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { readFile } from "../encode-file.ts";
import { imported } from "../imported.ts";

/** What databases and tools write for no value: dev.mysql.com SELECT … INTO OUTFILE, postgresql.org COPY, Python, spreadsheets. */
const WORDS = ["NULL", "null", "(null)", "\\N", "None", "nan", "N/A", "-"];

const header = "time,app,user_id,method,path,status,bytes,subjects,ip,request_id";
const row = (value: string, at: number) =>
  `2024-05-01T10:00:0${at}Z,a1,${value},GET,/v1/a,200,${value},${value},${value},${value}`;
const absent = { actor: undefined, bytes: undefined, subjects: undefined, ip: undefined, request_id: undefined };

test("a word for no value, without quotes, is absent in a table, and counted; also when it is read again", async () => {
  const text = [header, ...WORDS.map(row), row("p1", 8)].join("\n");
  const { events, source, caseFile } = await imported(text);
  expect(source).toMatchObject({ events: 9, rejected: 0, no_values: WORDS.length * 5 });
  events.slice(0, -1).forEach((event) => {
    for (const field of Object.keys(absent)) expect(event, field).not.toHaveProperty(field);
  });
  expect(events.at(-1)).toMatchObject({ actor: "p1", subjects: ["p1"], ip: "p1", request_id: "p1" });
  expect((await readAgain(caseFile, 1, { by: "T" })).source.no_values).toBe(WORDS.length * 5);
});

test("in quotes it is a text, and so is what only begins so or is written otherwise", async () => {
  for (const value of ['"NULL"', '"-"', "Null", "NULL1", "N/A.", "--", "none"]) {
    const { events, source } = await imported(`${header}\n${row(value, 1)}\n`);
    expect(events[0]?.actor).toBe(value.replaceAll('"', ""));
    expect(source).not.toHaveProperty("no_values");
  }
});

test("the next column that has a value fills the field, the time too", async () => {
  const text = "timestamp,time,app,client_id\nNULL,2024-05-01T10:00:00Z,\\N,c1\n2024-05-01T10:00:01Z,-,a1,c2\n";
  const { events } = await imported(text);
  expect(events).toMatchObject([
    { time: "2024-05-01T10:00:00Z", app: "c1" },
    { time: "2024-05-01T10:00:01Z", app: "a1" },
  ]);
});

test("in JSON a string is what it says, and null is absent", async () => {
  const text = ['"NULL"', "null", '"-"']
    .map((user) => `{"time":"2024-05-01T10:00:00Z","app":"a","user_id":${user}}\n`)
    .join("");
  const { events } = await imported(text, { name: "log.jsonl" });
  expect(events.map(({ actor }) => actor)).toEqual(["NULL", undefined, "-"]);
});

test("an address is kept without port and brackets, and of a list the first (X-Forwarded-For: the client)", async () => {
  const forms = {
    "192.0.2.77:5555": "192.0.2.77",
    '"192.0.2.78, 10.0.0.1"': "192.0.2.78",
    "[2001:db8::1]:443": "2001:db8::1",
    "[2001:db8::2]": "2001:db8::2",
    "2001:db8::3": "2001:db8::3",
    "host.example.org:8080": "host.example.org",
    "192.0.2.79": "192.0.2.79",
  };
  const rows = Object.keys(forms).map((ip, at) => `2024-05-01T11:00:0${at}Z,a1,GET,/v1/a,200,${ip}`);
  const file = path.join(temporaryFolder(), "log.csv");
  fs.writeFileSync(file, ["time,app,method,path,status,ip", ...rows].join("\n"));
  const { events } = await readFile(file);
  expect(events.map(({ ip }) => ip)).toEqual(Object.values(forms));
});

test("so is one between the ids of a list, in each row that has it; alone in quotes it is a text", async () => {
  const lists = ["p1;NULL;p2", "p1;NULL;p2", '"p1,null"', "p1;-;\\N", "NULL;-", '"NULL"', "Null;p1;nano"];
  const text = ["time,app,subjects", ...lists.map((list, at) => `2024-05-01T10:00:0${at}Z,a,${list}`)].join("\n");
  const { events, source } = await imported(text);
  expect(events.map(({ subjects }) => subjects)).toEqual([
    ["p1", "p2"],
    ["p1", "p2"],
    ["p1"],
    ["p1"],
    undefined,
    ["NULL"],
    ["Null", "p1", "nano"],
  ]);
  expect(source.no_values).toBe(7);
});
