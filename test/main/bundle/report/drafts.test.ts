import fs from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type PageInput, pageInput } from "../../../../main/bundle/contents/page-input.ts";
import { drafts } from "../../../../main/bundle/report/legal/drafts.ts";
import { knownFaults } from "../../../../main/bundle/report/legal/known-faults.ts";
import { plainText } from "../../../../main/bundle/report/print/plain-text.ts";
import { examiner, signedBundle } from "../signed-bundle.ts";

let folder: string;
let input: PageInput;
beforeAll(async () => {
  folder = await signedBundle();
  const extract = path.join(folder, "data", "extract");
  input = await pageInput((name) => fs.readFileSync(path.join(extract, name), "utf8"), examiner.publicKey);
});

test("a bundle holds each draft for a word processor and as text", () => {
  const names = fs
    .readdirSync(path.join(folder, "data", "legal"))
    .filter((name) => /\.(?:docx|txt)$/u.test(name))
    .sort();
  expect(names).toEqual(
    drafts(input)
      .flatMap(({ name }) => [`${name}.docx`, `${name}.txt`])
      .sort(),
  );
});

test("each draft says that it is one, lists what is open, and which legal facts nobody confirmed", () => {
  for (const { document } of drafts(input)) {
    const text = plainText(document);
    expect(text).toContain("Draft for counsel.");
    const list = text.slice(text.indexOf("\nStill open\n"));
    for (const [, open] of text.replaceAll(/\n\s*\|?\s*/gu, " ").matchAll(/\[TO FILL IN: ([^\]]+)\]/gu))
      expect(list.replaceAll(/\s+/gu, " ")).toContain(`- ${open?.replaceAll(/\s+/gu, " ")}`);
    expect(text.slice(text.indexOf("Legal facts that nobody confirmed"))).toMatch(/\n- .{20}/u);
  }
});

test("notices go to each developer that got or may have got data and was not dismissed, and name nobody else", () => {
  const text = plainText(drafts(input).find(({ name }) => name === "notices")?.document ?? expect.fail("none"));
  const [{ developers } = expect.fail("no rule")] = input.findings.rules;
  for (const { developer, status, obtained, possible } of developers)
    expect(text.includes(`Notice to ${developer}`), developer).toBe(
      status !== "dismissed" && obtained.events + possible.events > 0,
    );
});

test("the validation record names version, build and each known fault; the redaction log says that nothing is redacted", () => {
  const of = (name: string) =>
    plainText(drafts(input).find((each) => each.name === name)?.document ?? expect.fail("none")).replaceAll(
      /\s+/gu,
      " ",
    );
  const record = of("validation-record");
  for (const said of [input.about.software, input.about.build, ...knownFaults()])
    expect(record.replaceAll(" ", "")).toContain(said.replaceAll(" ", ""));
  expect(of("redaction-log")).toContain("Nothing in this bundle is redacted");
});

test("the certification names every counted file with its digest, how it came, and the key", () => {
  const certification = drafts(input).find(({ name }) => name === "certification-fre-902");
  const text = plainText(certification?.document ?? expect.fail("no certification"));
  for (const { file, sha256, withdrawn, acquisition } of input.sources) {
    expect(text.includes(sha256), file).toBe(withdrawn === undefined);
    if (withdrawn === undefined) expect(text).toContain(acquisition?.from);
  }
  expect(text.replaceAll(/\s+/gu, "")).toContain(examiner.publicKey.fingerprint);
});

test("the report of a covered incident has the numbers of findings.json", () => {
  const report = drafts(input).find(({ name }) => name === "covered-incident-report");
  const text = plainText(report?.document ?? expect.fail("no report")).replaceAll(/\s+/gu, " ");
  const [{ totals } = expect.fail("no rule")] = input.findings.rules;
  expect(text).toContain(`${totals.obtained.developers} [2] got restricted data, in ${totals.obtained.events} calls`);
});
