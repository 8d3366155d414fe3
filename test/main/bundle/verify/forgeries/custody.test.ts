import { beforeAll, describe, expect, test } from "vitest";
import { forged, type Payload } from "../../signed-bundle.ts";
import { acts, bundle, checksOf, expectNamed, makeBundles, OTHER, root, source, without } from "./forge.ts";

beforeAll(() => makeBundles());

describe("custody: what acts did is as they say, and nothing is without its act", () => {
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "an import taken out",
      acts((all) => all.filter(({ act, detail }) => act !== "import" || detail.source !== 2)),
      /source 2 \(second\.csv\) has no act/u,
    ],
    [
      "the file with which an import began",
      acts((all) =>
        all.map((each) =>
          each.act === "import begun" && each.detail.source === 1
            ? { ...each, detail: { ...each.detail, bytes: each.detail.bytes + 1 } }
            : each,
        ),
      ),
      /act \d+ \(import\) has bytes \d+, and act \d+ \(import begun\) \d+/u,
    ],
    ["the first act", acts((all) => all.slice(1)), /does not begin with the act create/u],
    [
      "the case's title",
      bundle((about) => (about.title = "Another")),
      /the title is Another, and in act 1 \(create\) Test/u,
    ],
    [
      "the examiner",
      bundle((about) => (about.examiner = "X <x@example.org>")),
      /the examiner is .*X <x@example\.org>/u,
    ],
    ["who made it", bundle((about) => (about.made_by = "X")), /made_by is X, and in act \d+ \(bundle\)/u],
    ["the case", bundle((about) => (about.case = "00000000")), /the case is 00000000/u],
    ["the software", bundle((about) => (about.software = "Exhibit 9.9.9")), /software is "Exhibit 9\.9\.9"/u],
    ["the number", bundle((about) => (about.number = 7)), /number is 7/u],
    ["as of", bundle((about) => (about.as_of = "2019-01-01T00:00:00Z")), /as_of is "2019-01-01T00:00:00Z"/u],
    [
      "the time",
      bundle((about) => (about.at = "2099-01-01T00:00:00Z")),
      /is dated 2099-01-01T00:00:00Z, and act \d+ \(bundle\)/u,
    ],
    ["a reason to select", bundle((about) => about.selected.pop()), /selected has \d items/u],
    [
      "a filter of the selection",
      bundle((about) => (about.selected[0].filter = "level:obtained")),
      /selected\[0\]\.filter is "level:obtained"/u,
    ],
    ["what was left out", bundle((about) => (about.left_out += 5)), /left_out is/u],
    ["calls apart", bundle((about) => (about.apart[0].failed += 5)), /apart\[0\]\.failed is/u],
    ["its own act", acts((all) => all.slice(0, -1)), /does not end with the act bundle/u],
    [
      "its own act's key",
      acts((all) => {
        all.at(-1).detail.key = "SHA256:x";
        return all;
      }),
      /names the key SHA256:.*, and act \d+ \(bundle\) SHA256:x/u,
    ],
    [
      "a bundle's act deleted",
      acts((all) => all.filter(({ act, detail }) => act !== "bundle" || detail.number !== 1)),
      /act \d+ \(seal\) is of the bundle test-1, number 1, which no act before it began/u,
    ],
    [
      "a number used twice",
      acts((all) => {
        all.find(({ act }) => act === "bundle").detail.number = 2;
        return all;
      }),
      /act \d+ \(bundle\) bears the number 2, and 0 bundles were begun before it/u,
    ],
    [
      "a bundle sealed twice",
      acts((all) =>
        all.toSpliced(
          -1,
          0,
          all.find(({ act }) => act === "seal"),
        ),
      ),
      /act \d+ \(seal\) seals the bundle test-1, which act \d+ \(seal\) has sealed/u,
    ],
    [
      "a seal of another bundle",
      acts((all) => {
        all.find(({ act }) => act === "seal").detail.name = "other-1";
        return all;
      }),
      /act \d+ \(seal\) is of the bundle other-1, number 1, which no act before it began/u,
    ],
    [
      "the key that an act names",
      acts((all) => {
        all.find(({ act }) => act === "signer").detail.signer.fingerprint = "SHA256:x";
        return all;
      }),
      /act \d+ \(signer\) names the key SHA256:x, and the key that it holds is another one/u,
    ],
    [
      "another key named, whole",
      acts((all) => {
        all.find(({ act }) => act === "signer").detail.signer = OTHER;
        return all;
      }),
      /act \d+ \(bundle\) says that custody names no key instead of the key that signed it, SHA256:.*, and the acts before it name SHA256:/u,
    ],
    [
      "another key in the first act alone",
      acts((all) => {
        all[0].detail.signer = { key: "ssh-ed25519 AAAA", fingerprint: OTHER.fingerprint };
        return all;
      }),
      /act 1 \(create\) names the key SHA256:/u,
    ],
    [
      "a claim",
      bundle((about) => (about.claims.claims[0].value = 99)),
      /the claims are not those that act \d+ \(claims\)/u,
    ],
    ["claims deleted", bundle((about) => (about.claims = null)), /the claims are not those/u],
    ["claims without their act", without("claims"), /bundle\.json has claims, and no act tells of them/u],
    [
      "a dismissed finding confirmed",
      bundle((about) => (about.decisions[0].disposition = "confirmed")),
      /decision 1: disposition is confirmed, and in act \d+ \(finding\) dismissed/u,
    ],
    ["a reason", bundle((about) => (about.decisions[0].reason = "guilty")), /decision 1: reason is guilty/u],
    ["who decided", bundle((about) => (about.decisions[0].by = "X")), /decision 1: by is X/u],
    [
      "when it was decided",
      bundle((about) => (about.decisions[1].at = about.decisions[0].at.replace("20", "19"))),
      /decision 2 is not what act \d+ \(finding\) made it/u,
    ],
    [
      "a decision deleted",
      bundle((about) => about.decisions.pop()),
      /lacks the decision on D2 that act \d+ \(finding\)/u,
    ],
    ["decisions without acts", without("finding"), /decision 1 \(members, D1\) has no act/u],
    [
      "the policy",
      (it) => it.text("extract/policy.json", (text) => text.replace("2018-04-04", "2018-04-06")),
      /policy\.json is not what act \d+ \(policy\) took/u,
    ],
    [
      "the rules that its act names",
      acts((all) => {
        all.find(({ act }) => act === "policy").detail.rules = ["others"];
        return all;
      }),
      /policy\.json: rules\[0\] is "members", worked out "others" from act \d+ \(policy\)/u,
    ],
    [
      "of which file it is told how it came",
      acts((all) => {
        all.findLast(({ act }) => act === "received").detail.sha256 = "1".repeat(64);
        return all;
      }),
      /source 1 .*: sha256 is [0-9a-f]{64}, and in act \d+ \(received\) 1+/u,
    ],
    ["a policy without its act", without("policy"), /policy\.json is there, and no act tells of it/u],
    [
      "the registry",
      (it) => it.text("extract/registry.json", (text) => text.replace("2018-06", "2018-04")),
      /registry\.json is not what act \d+ \(registry\) made it/u,
    ],
    ["a registry without its act", without("registry"), /registry\.json has rows, and no act tells of them/u],
    [
      "a source's digest",
      source((it) => (it.sha256 = "0".repeat(64))),
      /source 1 \(first\.csv\): sha256 is "0+", and in act \d+ \(import\)/u,
    ],
    [
      "a source's name",
      source((it) => (it.file = "other.csv")),
      /source 1 \(other\.csv\): file is "other\.csv", and in act/u,
    ],
    ["a source's bytes", source((it) => (it.bytes += 1)), /source 1 .*: bytes is/u],
    ["a source's records", source((it) => (it.events += 1)), /source 1 .*: events is 4, and in act \d+ \(import\) 3/u],
    ["a source's ambiguous times", source((it) => (it.ambiguous_times += 1)), /source 1 .*: ambiguous_times is 1/u],
    ["a source's broken text", source((it) => (it.broken_text += 1)), /source 1 .*: broken_text is 1/u],
    [
      "why records were rejected",
      source((it) => it.reject_reasons.push({ reason: "no time", records: 1, lines: 1 })),
      /source 1 .*: rejects and reject_reasons are not those of act \d+ \(import\)/u,
    ],
    [
      "a rejected record",
      source((it) => it.rejects.push({ line: 2, reason: "no time" })),
      /source 1 .*: rejects and reject_reasons are not those of act \d+ \(import\)/u,
    ],
    [
      "where a source's original lies",
      source((it) => (it.reference = { path: "/elsewhere/first.csv" })),
      /source 1 .*: reference\.path is "\/elsewhere\/first\.csv", and in act \d+ \(import\) absent/u,
    ],
    [
      "when a source was withdrawn",
      source((_, all) => (all[2].withdrawn.at = all[2].withdrawn.at.replace(/^20/u, "19"))),
      /source 3 .* is withdrawn on 19.*, and in act \d+ \(withdraw\) on 20/u,
    ],
    ["the build", bundle((about) => (about.build = "0".repeat(64))), /build is "0+"/u],
    ["a source's rejected records", source((it) => (it.rejected += 1)), /source 1 .*: rejected is/u],
    [
      "a source's ledger",
      source((it) => (it.line_ledger = { events: 2, rejected: 1, skipped: 1 })),
      /source 1 .*: line_ledger\.events is/u,
    ],
    ["a source's format", source((it) => (it.format = "jsonl")), /source 1 .*: format is/u],
    ["a source's encoding", source((it) => (it.encoding = "windows-1252")), /source 1 .*: encoding is/u],
    ["a source's zone", source((it) => (it.timezone = "Europe/Berlin")), /source 1 .*: timezone is/u],
    ["where a source's zone is from", source((it) => (it.timezone_from = "option")), /source 1 .*: timezone_from is/u],
    ["a source's zone data", source((it) => (it.zone_data = "1999a")), /source 1 .*: zone_data is "1999a"/u],
    [
      "a source's mapping",
      source((it) => (it.mapping.timezone = "Asia/Tokyo")),
      /source 1 .*: its mapping is not the one of act \d+ \(import\)/u,
    ],
    ["a source's span", source((it) => (it.first = "2018-04-04T10:00:00Z")), /source 1 .*: first is/u],
    [
      "a source deleted",
      source((_, all) => all.pop()),
      /lacks source 3 \(third\.csv\), which act \d+ \(import\) made/u,
    ],
    ["a source invented", source((it, all) => all.push({ ...it, source: 4 })), /source 4 \(first\.csv\) has no act/u],
    [
      "a withdrawal undone",
      source((_, all) => delete all[2].withdrawn),
      /source 3 .* counts, and act \d+ \(withdraw\) withdrew it/u,
    ],
    [
      "a withdrawal's reason",
      source((_, all) => (all[2].withdrawn.reason = "empty")),
      /source 3 .* is withdrawn for empty, and in act/u,
    ],
    ["who withdrew", source((_, all) => (all[2].withdrawn.by = "X")), /source 3 .* is withdrawn by X, and in act/u],
    [
      "a withdrawal invented",
      source((it) => (it.withdrawn = { reason: "r", at: "2020-01-01T00:00:00Z", by: "X" })),
      /source 1 .* is withdrawn, and no act tells of it/u,
    ],
    [
      "from whom a source came",
      source((it) => (it.acquisition.from = "C. Marsh")),
      /source 1 .*: acquisition\.from is "C\. Marsh", and in act \d+ \(received\) "A\. Marsh"/u,
    ],
    [
      "when a source came",
      source((it) => (it.acquisition.on = "2019-11-05")),
      /source 1 .*: acquisition\.on is "2019-11-05", and in act \d+ \(received\) "2019-11-06"/u,
    ],
    [
      "by which medium",
      source((it) => (it.acquisition.medium = "mail")),
      /source 1 .*: acquisition\.medium is "mail"/u,
    ],
    ["by which method", source((it) => (it.acquisition.method = "x")), /source 1 .*: acquisition\.method is "x"/u],
    ["a seal", source((it) => (it.acquisition.seal = "0443")), /source 1 .*: acquisition\.seal is "0443"/u],
    [
      "a producer's digest",
      source((it) => (it.acquisition.digest = "1".repeat(64))),
      /source 1 .*: acquisition\.digest is "1+"/u,
    ],
    [
      "that a producer's digest matches",
      source((it) => (it.acquisition.digest_matches = true)),
      /source 1 .*: acquisition\.digest_matches is true, and in act \d+ \(received\) false/u,
    ],
    [
      "that a producer's digest matches, and its act",
      (it) => {
        source((each) => (each.acquisition.digest_matches = true))(it);
        acts((all) => {
          all.findLast(({ act }) => act === "received").detail.digest_matches = true;
          return all;
        })(it);
      },
      /source 1 .*: acquisition\.digest_matches is true, and the digest stated is 0+, the file's [0-9a-f]{64}/u,
    ],
    [
      "how a source came, deleted",
      source((it) => delete it.acquisition),
      /source 1 .*: acquisition is absent, and in act \d+ \(received\)/u,
    ],
    [
      "how a source came, invented",
      source((it, all) => (all[2].acquisition = it.acquisition)),
      /source 3 .*: it says how it came, and no act tells of it/u,
    ],
    [
      "the newer word of how a source came",
      (it) => {
        source((each) => {
          each.acquisition.from = "B. Marsh";
          delete each.acquisition.digest;
          delete each.acquisition.digest_matches;
        })(it);
      },
      /source 1 .*: acquisition\.from is "B\. Marsh", and in act \d+ \(received\) "A\. Marsh"/u,
    ],
    [
      "the word of a source that is not",
      acts((all) => {
        all.findLast(({ act }) => act === "received").detail.source = 9;
        return all;
      }),
      /act \d+ \(received\) tells of source 9 \(first\.csv\), which no act imported/u,
    ],
    [
      "a tag taken off",
      (it) => it.text("extract/events.jsonl", (text) => text.replace('"tags":["context"]', '"x":1')),
      /source 2 with the tag context are not those that act \d+ \(tag\) left/u,
    ],
    [
      "another tag",
      (it) => it.text("extract/events.jsonl", (text) => text.replace('"tags":["context"]', '"tags":["fine"]')),
      /source 2 with the tag fine have no act/u,
    ],
    [
      "a note's words",
      (it) => it.text("extract/events.jsonl", (text) => text.replace("both of them", "none of them")),
      /source 1 with the note none of them have no act/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "custody", says]));

  test("who stands on the bag", async () => {
    const { checks } = await checksOf(await forged(root, () => {}, { info: { "Contact-Name": "X" } }));
    const detail = expect.stringMatching(/^bag-info\.txt: Contact-Name is X, and in bundle\.json/u);
    expect(checks.find(({ check }) => check === "custody")).toMatchObject({ ok: false, detail });
  });

  test("a bundle that calls itself one of an older version", async () => {
    const { verdict, checks } = await checksOf(
      await forged(
        root,
        bundle((about) => (about.schema = "exhibit/bundle@1")),
      ),
    );
    expect(verdict).toBe("broken");
    expect(checks.find(({ check }) => check === "custody")).toMatchObject({ ok: false, code: "bundle-not-older" });
  });

  test("acts of an older version hold no digests: what they made is compared by its words, and the rest said to be on trust", async () => {
    const { checks } = await checksOf(
      await forged(
        root,
        acts((all) => {
          for (const { detail } of all)
            for (const key of ["digests", "read_sha256", "mapping_sha256"]) delete detail[key];
          return all;
        }),
      ),
    );
    expect(checks.filter(({ ok }) => ok === false)).toEqual([]);
    expect(checks.find(({ check }) => check === "custody")).toMatchObject({
      ok: true,
      how: "on-trust",
      code: "chain-in-part-on-trust",
    });
  });
});
