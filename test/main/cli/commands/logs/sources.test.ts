import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { exhibit } from "../../../../exhibit.ts";
import { temporaryFolder } from "../../../../temporary.ts";

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const HEAD = "time,app,api,status\n";
const CALL = (n: number) => `2018-05-0${n} 10:00:00,a${n},groups,200\n`;

test("withdraw and restore as they are typed", () => {
  exhibit("create", at("case"), "--examiner", "R. Vale <vale@example.org>");
  fs.writeFileSync(at("a.csv"), HEAD + CALL(1) + CALL(2));
  fs.writeFileSync(at("b.csv"), HEAD + CALL(2) + CALL(3));
  expect(exhibit("import", at("case"), at("a.csv"), at("b.csv")).code).toBe(0);
  expect(exhibit("query", at("case"), "", "--count").out).toBe("3\n");

  const bare = exhibit("withdraw", at("case"), "1");
  expect([bare.code, bare.err]).toEqual([2, expect.stringMatching(/^exhibit: A source is withdrawn for a reason/u)]);
  const done = exhibit("withdraw", at("case"), "1", "--reason", "not ours", "--as", "B <b@example.org>", "--json");
  expect([done.code, done.json()]).toEqual([
    0,
    {
      source: 1,
      file: "a.csv",
      withdrawn: true,
      reason: "not ours",
      events: 2,
      remarked: [{ source: 2, file: "b.csv", duplicates_before: 1, duplicates: 0 }],
    },
  ]);
  expect(exhibit("query", at("case"), "", "--count").out).toBe("2\n");
  expect(exhibit("info", at("case"), "--json").json()).toMatchObject({ sources: 1, events: 2 });
  expect(exhibit("sources", at("case"), "--json").json()).toMatchObject({
    sources: [{ source: 1, withdrawn: { reason: "not ours", by: "B <b@example.org>" } }, { source: 2 }],
    ledger: { all: { sources: 1, lines: { lines: 3, events: 2, rejected: 0, skipped: 1 } } },
  });
  expect(exhibit("sources", at("case")).out).toMatch(/^1 .* withdrawn .*a\.csv$/mu);
  const again = exhibit("import", at("case"), at("a.csv"));
  expect([again.code, again.out]).toEqual([0, expect.stringMatching(/already in the case as source 1, withdrawn/u)]);
  expect(exhibit("withdraw", at("case"), "1", "--restore").code).toBe(0);
  expect(exhibit("query", at("case"), "", "--count").out).toBe("3\n");
  expect(exhibit("custody", at("case"), "--verify", "--json").json()).toMatchObject({ ok: true });
});

test("a source read again in another zone, as it is typed; a wrong zone changes nothing", () => {
  const done = exhibit("remap", at("case"), "2", "--timezone", "America/New_York", "--json");
  expect([done.code, done.json()]).toMatchObject([
    0,
    {
      source: { source: 2, first: "2018-05-02T14:00:00Z", timezone_from: "option" },
      before: { timezone_from: "assumed" },
    },
  ]);
  const wrong = exhibit("remap", at("case"), "2", "--timezone", "Nowhere");
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringMatching(/^exhibit: .*Nowhere.*: .+\n$/u)]);
  // The other one is a duplicate of a record of source 1.
  expect(exhibit("query", at("case"), "source:2 time>=2018-05-02T14", "--count").out).toBe("1\n");
});

test("how a source came, as it is typed; what is wrong is one sentence and changes nothing", () => {
  const came = ["--from", "A. Marsh", "--on", "2019-11-06T10:15+01:00", "--medium", "disk", "--method", "export"];
  const said = {
    ...{ from: "A. Marsh", on: "2019-11-06T09:15:00Z", medium: "disk", method: "export" },
    ...{ digest: "0".repeat(64), digest_matches: false, seal: "0442", note: "in person" },
  };
  const more = ["--digest", "0".repeat(64), "--seal", "0442", "--note", "in person"];
  const done = exhibit("received", at("case"), "1", ...came, ...more, "--json");
  expect([done.code, done.json()]).toEqual([0, said]);
  expect(exhibit("sources", at("case"), "--json").json()).toMatchObject({
    sources: [{ source: 1, acquisition: said }, { source: 2 }],
  });
  expect(exhibit("sources", at("case")).out).toMatch(
    /^source 1 received 2019-11-06T09:15:00Z from A\. Marsh, disk, export; the digest stated, 0+, is not the file's; seal 0442; in person$/mu,
  );
  const { entries } = exhibit("custody", at("case"), "--json").json<{ entries: number }>();
  for (const [args, says] of [
    [["9", ...came], /no source 9/u],
    [["1", ...came, "--digest", "abc"], /"abc" is no SHA-256/u],
    [["1", ...came.with(3, "soon")], /"soon" is not a time/u],
    [["1", ...came.with(3, "2099-01-01")], /after this computer's clock/u],
    [["1", ...came.slice(2)], /needs --from WHO/u],
  ] as const) {
    const { code, out, err } = exhibit("received", at("case"), ...args);
    expect([code, out, err]).toEqual([2, "", expect.stringMatching(/^exhibit: [^\n]+: [^\n]+\n$/u)]);
    expect(err).toMatch(says);
  }
  expect(exhibit("custody", at("case"), "--json").json()).toMatchObject({ entries, ok: true });
});
