import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { ClocksReport } from "../../../../../shared/model/accountability/due-clock.ts";
import { exhibit } from "../../../../exhibit.ts";
import { temporaryFolder } from "../../../../temporary.ts";

const CLOCK = { id: "ftc", title: "Report", to: "FTC", trigger: "discovered", within: "P30D", repeat: "P30D" };

test("clocks as they are typed: taken, started, met, listed, in a calendar; each an act, and the case verifies", () => {
  const folder = temporaryFolder();
  const caseFolder = path.join(folder, "case");
  const file = path.join(folder, "clocks.json");
  const clocks = (...args: string[]) => exhibit("clocks", caseFolder, ...args);
  exhibit("create", caseFolder, "--title", "T", "--examiner", "E <e@x>");
  fs.writeFileSync(
    file,
    JSON.stringify({ schema: "exhibit/clocks@1", clocks: [{ ...CLOCK, contents: [{ item: "cause" }] }] }),
  );
  expect(clocks("--json", "--at", "2019-12-01").json()).toEqual({ at: "2019-12-01T00:00:00Z", facts: {}, clocks: [] });
  expect(clocks(file, "--json").json<ClocksReport>().clocks).toEqual([
    { id: "ftc", state: "not-started", contents: [{ item: "cause" }] },
  ]);
  // A wrong time of the question leaves everything as it is.
  expect(clocks("--set", "discovered=2019-11-05", "--reason", "call", "--at", "soon")).toMatchObject({ code: 2 });
  const set = clocks(
    "--set",
    "discovered=2019-11-05T10:00:00+01:00",
    "--reason",
    "call",
    "--at",
    "2019-12-05T12:00:00Z",
    "--json",
  );
  expect(set.json()).toEqual({
    at: "2019-12-05T12:00:00Z",
    facts: { discovered: "2019-11-05T09:00:00Z" },
    clocks: [
      {
        ...{ id: "ftc", state: "running", started: "2019-11-05T09:00:00Z", due: "2019-12-05T23:59:59.999999Z" },
        contents: [{ item: "cause" }],
      },
    ],
  });
  expect(clocks("--set", "discovered=2019-11-05").err).toMatch(/--set needs --reason/u);
  expect(clocks("--done", "ftc").err).toMatch(/--done needs --on/u);
  expect(clocks("--set", "discovered", "--reason", "x").err).toMatch(/--set is not FACT=TIME/u);
  const ics = path.join(folder, "due.ics");
  const done = clocks(
    "--done",
    "ftc",
    "--on",
    "2019-12-04",
    "--file",
    file,
    "--ics",
    ics,
    "--at",
    "2019-12-06",
    "--json",
  );
  expect(done.json<ClocksReport>()).toMatchObject({
    facts: { "done:ftc": "2019-12-04", discovered: "2019-11-05T09:00:00Z" },
    clocks: [{ state: "done", done_on: "2019-12-04", next_due: "2020-01-04T23:59:59.999999Z" }],
  });
  expect(fs.readFileSync(ics, "utf8")).toContain("DTSTART;VALUE=DATE:20200104");
  expect(clocks("--regime", "gdpr").out).toMatch(/gdpr-33: not-started[\s\S]*unconfirmed:/u);
  expect(exhibit("verify", caseFolder, "--json").json()).toMatchObject({ ok: true });
  expect(exhibit("custody", caseFolder, "--json").json()).toMatchObject({ entries: 6, ok: true });
}, 30_000);
