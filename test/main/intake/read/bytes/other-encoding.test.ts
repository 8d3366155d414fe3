import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../temporary.ts";
import { readFile } from "../../encode-file.ts";
import { imported } from "../../imported.ts";

const NAME = "joined.log";
const times = (count: number) => Array.from({ length: count }, (_, n) => `2024-05-01T10:00:0${n % 10}Z`);

/** Kinds of logs, each of so many records. */
const kinds: Readonly<Record<string, (count: number) => string>> = {
  table: (count) =>
    `time,app,path,status\n${times(count)
      .map((time) => `${time},a1,/é,200\n`)
      .join("")}`,
  "JSON lines": (count) =>
    times(count)
      .map((time) => `{"time":"${time}","app":"a1","path":"/é"}\n`)
      .join(""),
  "access log": (count) => '192.0.2.1 - - [01/May/2024:10:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "x"\n'.repeat(count),
  text: (count) =>
    times(count)
      .map((time) => `${time} INFO started, all is well\n  and more of it\n`)
      .join(""),
  pairs: (count) =>
    times(count)
      .map((time) => `time=${time} app=a1 path=/é status=200\n`)
      .join(""),
  W3C: (count) =>
    `#Fields: date time cs-uri-stem sc-status\n${times(count)
      .map((time) => `${time.slice(0, 10)} ${time.slice(11, 19)} /a 200\n`)
      .join("")}`,
};

const wide = (text: string, big: boolean, isMarked: boolean): Buffer => {
  const bytes = Buffer.from((isMarked ? "\uFEFF" : "") + text, "utf16le");
  return big ? bytes.swap16() : bytes;
};

test("two exports that were joined, one of them in UTF-16: the first is read, what follows is rejected, and both are said", async () => {
  const file = path.join(temporaryFolder(), NAME);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(kinds)),
      fc.integer({ min: 2, max: 40 }),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      async (kind, count, isBig, isMarked, isWideFirst) => {
        const text = kinds[kind] as (count: number) => string;
        const utf16 = wide(text(count), isBig, isMarked);
        const utf8 = Buffer.from(text(count));
        fs.writeFileSync(file, Buffer.concat(isWideFirst ? [utf16, utf8] : [utf8, utf16]));
        const { events, rejects, detection } = await readFile(file);
        expect(events.length).toBe(count);

        expect(rejects.map(({ reason }) => reason).join("\n")).toMatch(/another encoding/u);
        const join = (isWideFirst ? utf16 : utf8).length;
        expect(detection.encodingGuess.joined).toContain(`from byte ${join + 1} on`);
      },
    ),
    { numRuns: 30 },
  );
});

test("the import says it, also far behind what recognition reads, and what has zero bytes for other reasons is text", async () => {
  const text = "2024-05-01T10:00:00Z INFO started\n  and more of it\n".repeat(30_000);
  const far = await imported(
    Buffer.concat([Buffer.from(text), wide("2024-05-01T10:00:00Z INFO joined\n", false, false)]),
    {
      name: "far.log",
    },
  );
  expect(far.source).toMatchObject({ events: 30_000 });
  expect(far.source.rejects[0]?.reason).toMatch(/another encoding/u);
  const line = "2024-05-01T10:00:00Z INFO stopped\n";
  const block = await imported(`${line.repeat(40)}${"\0".repeat(64)}${line.repeat(40)}`, { name: "block.log" });
  expect(block.source.events).toBe(79);
  expect(block.source).not.toHaveProperty("unread");
});

test("bytes that are no text in the encoding that was taken are said as the file is imported", async () => {
  const row = (developer: string) => `2024-05-01T10:00:00Z,a1,${developer}\n`;
  const { source } = await imported(Buffer.from(`time,app,developer\n${row("§ 5")}${row("x")}${row("É")}`, "latin1"));
  expect(source.unread).toContain("2 records hold bytes that are no text in utf-8");
});

test("a short Korean name in EUC-KR is not taken for Chinese: its bytes are no text, and that is said", async () => {
  // Five syllables of KS X 1001: every one of them is a common character of GB 2312 as well.
  const name = Buffer.from("c8abb1e6b5bf20c8b8bbe7", "hex");
  const row = Buffer.concat([Buffer.from("2024-05-01T10:00:00Z,a1,"), name, Buffer.from("\n")]);
  const { source } = await imported(Buffer.concat([Buffer.from("time,app,developer\n"), row, row, row]));
  expect(source).toMatchObject({ encoding: "utf-8", unread: expect.stringContaining("3 records hold bytes") });
});
