import { expect, test } from "vitest";
import { query } from "../../../../main/cli/commands/questions/query.ts";
import { parseArgs } from "../../../../main/cli/kit/command.ts";

const words = (...argv: string[]) => parseArgs(query, argv);

test("the argument after CASE is the filter, whatever it begins with", () => {
  for (const filter of ["-api:x", "--", "--count", "-"]) {
    const args = words("--limit", "5", "case", filter, "--sort=time:desc");
    expect([args.from(0), args.value("limit"), args.value("sort"), args.has("count")]).toEqual([
      ["case", filter],
      "5",
      "time:desc",
      false,
    ]);
  }
});

test("an option's value is the next argument, and what follows `--` is no option", () => {
  expect(words("case", "*", "--columns", "-x").value("columns")).toBe("-x");
  expect(() => words("case", "*", "--", "-x")).toThrow('does not take "-x"');
});

test.each([
  [["--lmit", "5"], "`exhibit query` has no option --lmit: did you mean --limit? exhibit query CASE FILTER"],
  [["-limit=5"], "`exhibit query` has no option -limit: did you mean --limit?"],
  [["--limit", "1", "--limit", "2"], "--limit is given twice: give it once"],
  [["--count=1"], "--count takes no value: exhibit query"],
  [["--limit"], "--limit needs N: exhibit query"],
])("%j is refused in a sentence", (argv, sentence) => {
  expect(() => words("case", "*", ...argv)).toThrow(sentence);
});
