import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { compilePlan } from "../../../../main/intake/mapping/compile-plan.ts";
import { resolveMapping } from "../../../../main/intake/mapping/formats.ts";
import { readWhole } from "../encode-file.ts";
import { imported } from "../imported.ts";
import { physicalLines, samples } from "../read-text.ts";

const folder = path.join(samples, "json-conformance");
const isThere = fs.existsSync(folder);
const T = "2018-04-04T10:00:00Z";

/** Every text of JSONTestSuite: `y` is JSON, `n` is none, `i` may be read either way. */
const texts = (isThere ? fs.readdirSync(folder) : [])
  .filter((name) => /^[yni]_.*\.json$/u.test(name))
  .map((name) => ({ name, kind: name[0] as string, bytes: fs.readFileSync(path.join(folder, name)) }));

/** No JSON, but nginx writes a byte so in its lines (ngx_http_log_module, `escape=default`): it is that byte. */
const NGINX_BYTE = "n_string_escape_x.json";

/** As a value in a record that is otherwise sound. */
const record = (bytes: Buffer) => Buffer.concat([Buffer.from(`{"time":"${T}","k":`), bytes, Buffer.from("}")]);

const planOf = (format: string, records: string[]) =>
  compilePlan(
    resolveMapping({ schema: "exhibit/mapping@1", format }),
    { head: 0, headRecords: 0, records },
    "utf-8",
    "UTC",
  );

describe.skipIf(!isThere)(`JSONTestSuite${isThere ? "" : `: not at ${folder}`}`, () => {
  test("through an import, a text a line: every y an event, every n one rejected record, its neighbours untouched", async () => {
    const lines = texts.filter(({ bytes }) => !bytes.includes(10) && !bytes.includes(13));
    expect(lines.length).toBeGreaterThan(280);
    const content = Buffer.concat(lines.flatMap(({ bytes }) => [record(bytes), Buffer.from(`\n{"time":"${T}"}\n`)]));
    const { source, events } = await imported(content, { name: "suite.jsonl", format: "jsonl" });
    const read = new Set(events.map(({ line }) => line));
    const kinds = lines.map(({ name, kind }, index) => ({ name, kind, isEvent: read.has(index * 2 + 1) }));
    expect(kinds.filter(({ kind, isEvent }) => kind === "y" && !isEvent)).toEqual([]);
    expect(kinds.filter(({ kind, isEvent }) => kind === "n" && isEvent).map(({ name }) => name)).toEqual([NGINX_BYTE]);
    expect(lines.filter((_, index) => !read.has(index * 2 + 2))).toEqual([]);
    expect(source.events + source.rejected).toBe(lines.length * 2);
    expect(source.line_ledger).toEqual({ events: source.events, rejected: source.rejected, skipped: 0 });
  });

  test("in a document: every n is one rejected record, however many lines it has", async () => {
    const plan = planOf("json", ["[]"]);
    for (const { name, kind, bytes } of texts) {
      const content = Buffer.concat([Buffer.from(`[{"time":"${T}"},\n`), record(bytes), Buffer.from("\n]\n")]);
      const whole = await readWhole(plan, content);
      const { events, rejects, ledger, lines } = whole;
      expect(lines, name).toBe(physicalLines(content.toString("latin1")));
      if (kind !== "i") expect([name, rejects.length]).toEqual([name, kind === "y" ? 0 : 1]);
      // `{}}` in a record is a sound record, and something behind it.
      expect(events.length + rejects.length, name).toBe(name.includes("object_followed_by_closing_object") ? 3 : 2);
      expect(ledger.events + ledger.rejected, name).toBeGreaterThanOrEqual(2);
      expect(await readWhole(plan, content, { bytes: 64, rows: 2 }), name).toMatchObject({ rejects, ledger, lines });
    }
  });

  test("as a file of its own, lines or document: nothing is an event, nothing crashes, every line is counted", async () => {
    for (const { name, bytes } of texts)
      for (const plan of [planOf("jsonl", []), planOf("json", []), planOf("json", ["[]"])]) {
        const { events, ledger, lines } = await readWhole(plan, bytes);
        expect([name, events]).toEqual([name, []]);
        expect(lines, name).toBe(physicalLines(new TextDecoder().decode(bytes)));
        expect(ledger.rejected, name).toBeLessThanOrEqual(lines);
      }
  });
});
