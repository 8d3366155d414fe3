import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { figure } from "../../../../shared/base/figure.ts";
import type { Reply } from "../../../../shared/contract/contract.ts";
import { peopleText } from "../../../../shared/model/people-text.ts";
import type { Engine } from "../../../engine/engine.ts";
import type { Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";
import { showClaims } from "../answers/claims.ts";
import { remedyLines, showFindings } from "../answers/findings.ts";
import { readMapping } from "../logs/import.ts";
import { sampleMade } from "./sample.ts";

interface Incident {
  imports: { file: string; mapping?: string }[];
  registry: string[];
  policy: string;
  claims: string;
  remedy: string;
}

export const demo: Command = {
  name: "demo",
  summary: "Investigates the sample incident from log export to verified bundle, and tells each step",
  takes: ["[DIR]"],
  options: {
    rows: { value: "N", meaning: "how many calls; without it 20,000" },
    seed: { value: "S", meaning: "which incident; without it 1" },
  },
  async run(args, out) {
    const [{ verify }, { createCase }, { Engine }, { writeSample }] = await Promise.all([
      import("../../../bundle/verify/verify.ts"),
      import("../../../case/create.ts"),
      import("../../../engine/engine.ts"),
      import("../../../sample/write-sample.ts"),
    ]);
    const folder = path.resolve(args.get(0) ?? fs.mkdtempSync(path.join(os.tmpdir(), "exhibit-demo-")));
    const logs = path.join(folder, "logs");
    const step = (text: string) => out.raw(`\n== ${inert(text)}\n`);
    step("The incident: an invented platform closed its Groups API on 2018-04-04. Who still walked through?");
    const asked = { rows: args.whole("rows", 2000) ?? 20_000, seed: args.whole("seed", 0) ?? 1 };
    const made = await sampleMade(logs, () => writeSample(logs, asked));
    out.line(`${figure(made.rows)} calls, in exports of different formats, encodings and zones: ${inert(logs)}`);
    const incident = JSON.parse(fs.readFileSync(path.join(logs, "incident.json"), "utf8")) as Incident;
    const there = (file: string) => path.join(logs, file);
    const caseFile = createCase(path.join(folder, "case"), {
      title: "Groups API 2018",
      examiner: "Sample Examiner <examiner@example.org>",
    });
    const engine = new Engine(caseFile);
    try {
      step("Import: every physical line ends in one place");
      for (const { file, mapping } of incident.imports) {
        const reply = await engine.ask(
          "import",
          { files: [there(file)], ...(mapping === undefined ? {} : { mapping: readMapping(there(mapping)) }) },
          { progress: (progress) => out.progress(progress) },
        );
        for (const failure of reply.failures) throw new Error(`${failure.what}: ${failure.todo}`);
        for (const source of reply.sources) {
          const { events, rejected, skipped } = source.line_ledger;
          out.line(
            inert(
              `${source.file}: ${figure(source.lines)} lines = ${figure(events)} events + ${figure(rejected)} rejected + ${figure(skipped)} skipped (${source.format}, ${source.encoding}, ${source.timezone}; ${figure(source.duplicates)} duplicates)`,
            ),
          );
        }
      }
      const registry = await engine.ask("registry", { files: incident.registry.map(there) });
      out.line(
        `Registry: ${figure(registry.developers)} developers, ${figure(registry.apps)} apps, ${figure(registry.grants)} grants, ${figure(registry.consents)} consents, ${figure(registry.resources)} groups`,
      );
      await engine.ask("policy", { file: there(incident.policy) });

      step("Find: by API, developer and date");
      const findings = await engine.ask("findings", {});
      const [rule] = findings.rules;
      const filter = `api:groups developer:${JSON.stringify(rule?.developers[0]?.developer ?? "")} time>=cutoff outcome:allowed`;
      const found = await engine.ask("query", { filter, rows: { offset: 0, limit: 5 } });
      out.line(inert(filter));
      showCalls(found.events ?? [], out);
      const tagged = await engine.ask("tag", { filter, tag: "first look" });
      out.line(`${figure(found.count)} calls; tagged ${figure(tagged.events)} of them "first look"`);

      step("Who kept access, who used it, what did they get, from how many people?");
      showFindings(findings, await engine.ask("apart", {}), out, 12);
      const people = await engine.ask("people", { filter: "level:obtained" });
      out.line(`People whose names or pictures were got: ${peopleText(people.people)}`);

      step("What was said in public, held against the record");
      showClaims((await engine.ask("claims", { file: there(incident.claims) })).claims, out);
      const first = rule?.developers[0];
      if (first)
        await engine.ask("finding", {
          developer: first.developer_id,
          disposition: "confirmed",
          reason: "The calls, fields and people are in the gateway's own log",
        });

      step("Has it been put right? What was done since, and what the logs say against it");
      await putRight(engine, there(incident.remedy), out);

      step("The bundle, and its verification");
      const file = path.join(folder, "bundle.zip");
      const bundle = await engine.ask("bundle", { out: file });
      out.line(`${figure(bundle.events)} calls in ${figure(bundle.files)} files, ${figure(bundle.bytes)} bytes`);
      const verdict = await verify(file, { recompute: true });
      for (const check of verdict.checks)
        if (check.ok !== null) out.line(inert(`${check.ok ? "ok " : "BAD"} ${check.check.padEnd(12)} ${check.detail}`));
      out.line();
      out.line(inert(`case    ${caseFile.folder}`));
      out.line(inert(`bundle  ${bundle.bundle}`));
      out.line();
      out.line(
        "Go on with `npx exhibit query CASE FILTER`, `npx exhibit verify BUNDLE`; `npx exhibit help` lists all.",
      );
      return verdict.ok ? 0 : 1;
    } finally {
      caseFile.close();
    }
  },
};

/** Records what was done since, and says the fifth answer. */
async function putRight(engine: Engine, file: string, out: Output): Promise<void> {
  const { entries } = await engine.ask("importSteps", { file });
  out.line(`${figure(entries.length)} steps of developers: revoked, notified, asked, certified, audited, closed`);
  for (const line of remedyLines(await engine.ask("findings", {}), await engine.ask("remedy", {}))) out.line(line);
}

function showCalls(events: NonNullable<Reply<"query">["events"]>, out: Output): void {
  out.table(
    ["time", "operation", "status", "fields"],
    events.map(({ time = "", operation = "", status, fields = [] }) => [
      time,
      operation,
      String(status ?? ""),
      fields.join(";"),
    ]),
  );
}
