import fs from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { BundleDocument } from "../../../main/bundle/contents/bundle-record.ts";
import { openBundle } from "../../../main/bundle/review/open-bundle.ts";
import { verify } from "../../../main/bundle/verify/verify.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import { DISPOSITIONS, type Disposition, type Findings } from "../../../shared/model/finding.ts";
import { write } from "./fixture.ts";
import { forged, signedBundle, zipOf } from "./signed-bundle.ts";

type Verified = Awaited<ReturnType<typeof verify>>;
const detailOf = ({ checks }: Verified, name: string) => checks.find(({ check }) => check === name)?.detail ?? "";

let bag: string;
let inCase: Findings;
const choices: Record<string, Reply<"bundleChoice">> = {};
const refused: Record<string, string> = {};
// D2 is confirmed; D1 is dismissed, and its calls are tagged; nobody decided on the app a5.
beforeAll(async () => {
  const states = ["confirmed"] as const;
  bag = await signedBundle({
    findings: states,
    also: async (engine, folder) => {
      write(folder, { "fourth.csv": "time,app,api,status,fields\n2018-04-12T10:00:00Z,a5,groups,200,name\n" });
      await engine.ask("import", { files: [path.join(folder, "fourth.csv")] });
      inCase = (await engine.ask("findings", {})) as Findings;
      const choice = (findings: Disposition[]) => engine.ask("bundleChoice", { findings });
      choices.confirmed = await choice([...states]);
      choices.all = await choice(["disputed", "open", "dismissed", "confirmed"]);
      const bundle = async (name: string, input: object) => {
        const asked = engine.ask("bundle", { out: path.join(folder, "no.zip"), ...input });
        refused[name] = await asked.then(() => "made", String);
      };
      await bundle("dossier", { developer: "D1", findings: ["open"] });
      await bundle("nothing", { findings: [] });
    },
  });
});

const extract = (name: string) => fs.readFileSync(path.join(bag, "data", "extract", name), "utf8");
const about = () => JSON.parse(extract("bundle.json")) as BundleDocument;

test("it has every call of a chosen finding, and none that only another finding counts", () => {
  const { findings, selected, events, left_out } = about();
  expect(findings).toEqual(["confirmed"]);
  expect(selected[0]).toEqual({
    why: "findings rest on them that are confirmed",
    filter: "level:attempted+ finding:(confirmed)",
    events: 4,
  });
  expect(extract("events.csv")).toContain(",a2,");
  expect(extract("events.csv")).not.toContain(",a5,");
  expect(choices.confirmed).toMatchObject({ events, left_out, findings: 3 });
  expect(choices.confirmed?.by_state).toEqual({ open: 1, confirmed: 1, dismissed: 1, disputed: 0 });
});

test("all states are no choice, none is refused, and so is a dossier of some", () => {
  expect(choices.all?.reasons[0]?.filter).toBe("level:attempted+");
  expect(choices.all?.events).toBe((choices.confirmed?.events ?? 0) + 1);
  expect(refused.dossier).toContain("holds all its findings, in whatever state");
  expect(refused.nothing).not.toBe("made");
  expect([...DISPOSITIONS]).toEqual(["open", "confirmed", "dismissed", "disputed"]);
});

test("all findings keep their numbers and reasons in it; report and page say whose calls are left out, and how many", () => {
  const { rules } = JSON.parse(extract("findings.json")) as Findings;
  expect(rules).toEqual(inCase.rules);
  expect(about().decisions.map(({ reason }) => reason)).toContain("a test account");
  const page = fs.readFileSync(path.join(bag, "data", "index.html"), "utf8");
  expect(page).toContain(
    "Those of 1 confirmed finding. Of 2 other findings (1 open, 1 dismissed) only the numbers are",
  );
});

test("verify asks the selection again, works the chosen findings out, and says what of the others is on trust", async () => {
  const verdict = await verify(zipOf(bag), { recompute: true });
  expect(verdict.checks.filter(({ ok }) => ok === false)).toEqual([]);
  expect(detailOf(verdict, "selection")).toContain("of 2 findings in other states only the numbers are here");
  expect(detailOf(verdict, "recompute")).toContain("and 1 finding worked out to the same numbers; the 2 in other");
  expect(verdict.checks.find(({ check }) => check === "recompute")?.how).toBe("on-trust");
});

test("a chosen finding whose people or state were changed is named, although all was made and signed anew", async () => {
  // biome-ignore lint/suspicious/noExplicitAny: the test changes what it likes.
  const changed = async (change: (row: any) => void) => {
    const folder = await forged(bag, (payload) =>
      payload.json("extract/findings.json", ({ rules }) => {
        change(rules[0].developers.find(({ status }: { status: Disposition }) => status === "confirmed"));
      }),
    );
    return detailOf(await verify(folder, { recompute: true }), "recompute");
  };
  const people = await changed(({ obtained }) => {
    obtained.fields = ["name", "picture"];
  });
  expect(people).toMatch(/findings\.json: .*fields/u);
  const state = await changed((row) => {
    row.status = "dismissed";
  });
  expect(state).toContain("D2 under rule members is said to be dismissed, and its decisions do not say so");
});

test("states that no bundle can be of are named", async () => {
  for (const findings of [[], ["confirmed", "open"], ["guilty"], "confirmed", 7]) {
    const folder = await forged(bag, (payload) =>
      payload.json("extract/bundle.json", (document) => {
        document.findings = findings;
      }),
    );
    expect(detailOf(await verify(folder), "selection")).toContain("no states that a bundle can be of");
  }
});

test("it opens as no case, whose totals would be others than it says", async () => {
  await expect(openBundle(zipOf(bag))).rejects.toThrow(/holds the calls of confirmed findings alone/u);
});
