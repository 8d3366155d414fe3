import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { policyWarnings } from "../../../../main/findings/answers/policy-warnings.ts";
import { operationSets, setsReference } from "../../../../main/findings/rules/operation-sets.ts";
import { importPolicy } from "../../../../main/findings/rules/policy.ts";
import { builtInFormats } from "../../../../main/intake/mapping/formats.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { quickCase } from "../../query/dataset-of.ts";
import { CUTOFF, got, inquiries } from "../inquiry-of.ts";

const inquiryOf = inquiries();
const resources = path.resolve(import.meta.dirname, "../../../../resources");

test("every set is of formats that Exhibit knows, and the manual's table is what the sets say", () => {
  for (const { formats } of operationSets().values())
    for (const format of formats) expect([...builtInFormats().keys()]).toContain(format);
  const manual = fs.readFileSync(path.join(resources, "help/policy.md"), "utf8");
  const [, table] = /<!-- sets:begin -->\n([\s\S]*)\n<!-- sets:end -->/.exec(manual) ?? [];
  expect(table).toBe(setsReference());
});

test("a set that was given out stays as it is: policies in force and bundles name it", () => {
  const digests = [...operationSets()].map(([name, { operations }]) => [
    name,
    createHash("sha256").update(JSON.stringify(operations)).digest("hex").slice(0, 16),
  ]);
  expect(Object.fromEntries(digests)).toMatchInlineSnapshot(`
    {
      "azure-storage-reads": "e4551806041cca1a",
      "box-reads": "896f070f267c60a7",
      "cloudtrail-reads": "92780a63d213fff3",
      "gcp-reads": "79c8f8b0deb70610",
      "github-reads": "4d87f2cec75f1392",
      "google-workspace-reads": "bc21ec0f6688ee86",
      "graph-reads": "2f5169c1456cd26b",
      "m365-reads": "4335bda305ba31a5",
      "slack-reads": "071b91e16b85117a",
    }
  `);
});

test("a rule may name sets beside operations; an operation of a set is meant of its own API alone", () => {
  const calls = [
    { api: "s3.amazonaws.com", operation: "GetObject" },
    { api: "S3.amazonaws.com", operation: "getobject" },
    { api: "s3.amazonaws.com", operation: "GetBucketAcl" },
    { api: "dynamodb.amazonaws.com", operation: "Query" },
    { api: "timestream.amazonaws.com", operation: "Query" },
    { api: "Exchange", operation: "MailItemsAccessed" },
    { api: "x", operation: "Dump" },
  ].map((call) => got(CUTOFF, call));
  const counted = (...operations: string[]) => {
    const inquiry = inquiryOf(calls, { rule: { applies_to: { operations } } });
    return [...(inquiry.judged[0]?.inside ?? [])].flatMap((inside, p) => (inside === 1 ? [p] : []));
  };
  expect(counted("set:cloudtrail-reads")).toEqual([0, 1, 3]);
  expect(counted("set:cloudtrail-reads", "set:m365-reads", "Dump")).toEqual([0, 1, 3, 5, 6]);
  const { rule } = inquiryOf(calls, { rule: { applies_to: { operations: ["set:github-reads"] } } }).judged[0] ?? {};
  expect(rule?.applies_to.operations).toEqual(["set:github-reads"]);
});

test("a set that no call is one of is a warning, and one that there is none of is refused, naming those there are", () => {
  const inquiry = inquiryOf([got(CUTOFF)], { rule: { applies_to: { operations: ["set:github-reads"] } } });
  expect(policyWarnings(inquiry)).toContain("rule members: no call is one of set:github-reads");
  const file = path.join(temporaryFolder(), "policy.json");
  const rule = { id: "r", effective_from: "2024-03-01", applies_to: { operations: ["set:cloudtrail"] } };
  fs.writeFileSync(file, JSON.stringify({ schema: "exhibit/policy@1", rules: [rule] }));
  expect(() => importPolicy(quickCase(), file)).toThrow(
    /rule r: there is no set of operations "cloudtrail", only .*set:cloudtrail-reads/u,
  );
});

test("a rule names its callers by their three words, and one that never called is a warning", () => {
  const inquiry = inquiryOf([got(CUTOFF, { caller: "app" })], { rule: { applies_to: { caller: ["app", "user"] } } });
  expect(policyWarnings(inquiry)).toContain("rule members: no call's caller is user");
  const file = path.join(temporaryFolder(), "policy.json");
  for (const [caller, why] of [
    [["robot"], "must be app, user, service"],
    [[], "applies_to.caller is an empty list"],
  ] as const) {
    const rule = { id: "r", effective_from: "2024-03-01", applies_to: { caller } };
    fs.writeFileSync(file, JSON.stringify({ schema: "exhibit/policy@1", rules: [rule] }));
    expect(() => importPolicy(quickCase(), file)).toThrow(why);
  }
});
