import fs from "node:fs";
import path from "node:path";
import type { CaseInfo } from "../../../shared/contract/case.ts";
import type { Hooks } from "../../../shared/contract/contract.ts";
import { askCaseless } from "../../engine/threads/remote-engine.ts";
import type { CaseWindow } from "./case-window.ts";

const SAMPLE_ROWS = 20_000;

interface Incident {
  readonly imports: readonly { file: string; mapping?: string }[];
  readonly registry: readonly string[];
  readonly policy: string;
  readonly claims: string;
  readonly remedy: string;
  readonly clocks: string;
  readonly facts: string;
}

/** A fact that was set, or a clock that was met. */
type Fact =
  | { readonly set: string; readonly time: string; readonly reason: string }
  | { readonly done: string; readonly on: string };

/**
 * The sample incident as a case: its logs, written and imported, with registry, policy, claims and what was done since. What was broken off is
 * made anew; what is whole is opened.
 */
export async function openSample(
  window: CaseWindow,
  folder: string,
  rows: number | undefined,
  hooks: Hooks,
): Promise<CaseInfo> {
  const sampleFolder = path.join(folder, `sample-${rows ?? SAMPLE_ROWS}`);
  const logs = path.join(sampleFolder, "logs");
  const whole = path.join(sampleFolder, "whole");
  if (fs.existsSync(whole)) return window.open({ mode: "open", folder: path.join(sampleFolder, "case") });
  fs.rmSync(sampleFolder, { recursive: true, force: true });
  fs.mkdirSync(sampleFolder, { recursive: true });
  return window.work("The sample", hooks, async (own) => {
    await askCaseless("writeSample", { dir: logs, rows: rows ?? SAMPLE_ROWS }, own);
    const there = (file: string) => path.join(logs, file);
    const incident = JSON.parse(fs.readFileSync(there("incident.json"), "utf8")) as Incident;
    await window.open({
      mode: "create",
      folder: path.join(sampleFolder, "case"),
      title: "Groups API 2018",
      examiner: "Sample Examiner <examiner@example.org>",
    });
    for (const { file, mapping } of incident.imports) {
      const given = mapping === undefined ? {} : await askCaseless("readMapping", { file: there(mapping) });
      const { failures } = await window.ask("import", { files: [there(file)], ...given }, own);
      for (const failure of failures) throw new Error(`${failure.what}: ${failure.todo}`);
    }
    await window.ask("registry", { files: incident.registry.map(there) });
    await window.ask("policy", { file: there(incident.policy) });
    await window.ask("claims", { file: there(incident.claims) });
    await window.ask("importSteps", { file: there(incident.remedy) });
    await window.ask("dueClocks", { file: there(incident.clocks) });
    for (const fact of JSON.parse(fs.readFileSync(there(incident.facts), "utf8")) as Fact[]) {
      if ("set" in fact) await window.ask("setFact", { fact: fact.set, time: fact.time, reason: fact.reason });
      else await window.ask("clockDone", { id: fact.done, on: fact.on });
    }
    fs.writeFileSync(whole, "");
    return window.ask("info", {});
  });
}
