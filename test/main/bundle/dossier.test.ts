import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { demandSound } from "../../../main/bundle/verify/own-check.ts";
import { verify } from "../../../main/bundle/verify/verify.ts";
import type { Case } from "../../../main/case/case.ts";
import { Refusal } from "../../../shared/base/errors.ts";
import type { Findings } from "../../../shared/model/finding.ts";
import { randomCase } from "../../bundles/random-case.ts";
import { unpacked } from "../../bundles/unpacked.ts";
import { openIncident } from "../../incident.ts";
import { temporaryFolder } from "../../temporary.ts";
import { privateKeyText, write } from "./fixture.ts";

/** Every file of a folder, by its path in it. */
function filesIn(folder: string): Map<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, file), fs.readFileSync(file, "utf8")];
    }),
  );
}

const column = (row: string, at: number) => row.split(",")[at] ?? "";

test("a dossier names no other developer, app or person, and its own check finds nothing wrong", async () => {
  const { engine, folder } = await openIncident(3000, 21);
  const { rules } = await engine.ask("findings", {});
  const [mine, other, third] = (rules as Findings["rules"])[0]?.developers ?? [];
  const [id, otherId] = [mine?.developer_id ?? "", other?.developer_id ?? ""];
  await engine.ask("finding", { developer: id, disposition: "confirmed", reason: "seen" });
  await engine.ask("finding", { developer: otherId, disposition: "dismissed", reason: "a test account" });
  await engine.ask("finding", { developer: id, disposition: "disputed", reason: `as ${other?.developer} says` });
  await engine.ask("tag", { filter: `developer:"${third?.developer}"`, tag: "third" });
  await engine.ask("tag", { filter: "level:obtained", tag: "seen", note: `see also ${other?.developer}` });
  const out = temporaryFolder();
  write(out, { key: privateKeyText(Buffer.alloc(32, 3)) });
  const { events } = await engine.ask("bundle", {
    out: path.join(out, "dossier.zip"),
    developer: (mine?.developer ?? "").toUpperCase(),
    key: path.join(out, "key"),
  });
  const verdict = await verify(path.join(out, "dossier.zip"), { recompute: true });
  expect(verdict.checks.filter(({ ok }) => ok === false)).toEqual([]);
  const how = new Map(verdict.checks.map((check) => [check.check as string, check.how]));
  expect(["custody", "selection", "recompute"].map((check) => how.get(check))).toEqual(Array(3).fill("on-trust"));

  const bag = await unpacked(path.join(out, "dossier.zip"), out);
  const files = filesIn(bag);
  const rows = (files.get("data/extract/events.jsonl") ?? "")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows.length).toBe(events);
  expect(new Set(rows.map((row) => row.developer))).toEqual(new Set([mine?.developer]));
  const owned = new Set(rows.flatMap((row) => [row.app, row.actor, ...(row.subjects ?? [])]));

  const registry = path.join(folder, "registry");
  const table = (name: string) =>
    fs.existsSync(path.join(registry, name))
      ? fs.readFileSync(path.join(registry, name), "utf8").trimEnd().split("\n").slice(1)
      : [];
  const others = new Set<string>();
  for (const row of rules[0]?.developers ?? [])
    if (row.developer_id !== id) for (const text of [row.developer_id, row.developer, ...row.apps]) others.add(text);
  for (const row of table("developers.csv")) if (column(row, 0) !== id) others.add(column(row, 0)).add(column(row, 1));
  const everybody = peopleOf(engine.caseFile);
  engine.caseFile.close();
  for (const person of everybody) if (!owned.has(person)) others.add(person);
  for (const app of [...others]) if (owned.has(app)) others.delete(app);
  for (const nobody of ["", "unknown"]) others.delete(nobody);
  expect(others.size).toBeGreaterThan(100);
  const whole = (text: string) => new Set(text.split(/[^\p{L}\p{N}_@]+/u));
  const zip = fs.readFileSync(path.join(out, "dossier.zip"), "latin1");
  for (const [name, text] of [...files, ["the zip", zip] as const]) {
    const words = whole(text);
    const found = [...others].filter((other) =>
      /^[\p{L}\p{N}_@]+$/u.test(other) ? words.has(other) : text.includes(other),
    );
    expect([name, found]).toEqual([name, []]);
  }
  const acts = (files.get("data/extract/custody.jsonl") ?? "")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const hidden = acts.filter((act) => act.detail === undefined);
  expect(hidden.length).toBeGreaterThan(2);
  for (const act of hidden) expect(Object.keys(act)).toEqual(["seq", "at", "act", "digest"]);
});

/** Everybody whom any call lists. */
const peopleOf = ({ db }: Case): string[] =>
  (db.prepare("select value from text_subjects").pluck().all() as string[]).flatMap(
    (list) => JSON.parse(list) as string[],
  );

test("a dossier carries no originals, and is of a developer whom the case knows", async () => {
  const { engine } = await openIncident(2000, 3);
  const out = path.join(temporaryFolder(), "dossier.zip");
  await expect(engine.ask("bundle", { out, developer: "D001", originals: true })).rejects.toThrow(
    "cannot carry originals",
  );
  await expect(engine.ask("bundle", { out, developer: "nobody" })).rejects.toThrow('knows no developer "nobody"');
  engine.caseFile.close();
});

test("dossiers of small cases by chance are worked out anew to the same numbers", async () => {
  const failures: string[] = [];
  for (let seed = 9000; seed < 9000 + Number(process.env.CASES ?? 5); seed += 1) {
    const folder = temporaryFolder();
    const { engine, make, acts } = await randomCase(folder, seed);
    const { rules } = await engine.ask("findings", {});
    const ids = [...new Set(rules.flatMap(({ developers }) => developers.map((row) => row.developer_id)))];
    for (const developer of make.some(ids).slice(0, 2)) {
      const out = path.join(folder, `${ids.indexOf(developer)}.zip`);
      try {
        await engine.ask("bundle", { out, developer });
        demandSound(out, await verify(out, { recompute: true }));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (!error.what.includes("holds calls of this developer and of others"))
          failures.push(`seed ${seed}, ${developer}: ${error.what}`, ...acts);
      }
    }
    engine.caseFile.close();
  }
  expect(failures).toEqual([]);
});
