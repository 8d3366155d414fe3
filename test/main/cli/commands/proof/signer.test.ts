import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parsePrivateKey } from "../../../../../main/bundle/signature/ssh-key.ts";
import { exhibit } from "../../../../exhibit.ts";
import { temporaryFolder } from "../../../../temporary.ts";
import { privateKeyText } from "../../../bundle/fixture.ts";

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const EXAMINER = ["--examiner", "R. Vale <vale@example.org>"];

/** Writes a key and its public half; gives its fingerprint. */
function keyPair(name: string, seed: number): string {
  const text = privateKeyText(Buffer.alloc(32, seed));
  const { line, fingerprint } = parsePrivateKey(text).publicKey;
  fs.writeFileSync(at(name), text);
  fs.writeFileSync(at(`${name}.pub`), `${line} vale@example.org\n`);
  return fingerprint;
}
const [one, two] = [keyPair("one", 1), keyPair("two", 2)];
const acts = () =>
  exhibit("custody", at("case"), "--verify", "--json").code === 0
    ? exhibit("custody", at("case"))
        .out.split("\n")
        .filter((line) => /^ *\d+ +20/u.test(line))
    : [];

test("a case names its key in its first act", () => {
  const made = exhibit("create", at("case"), "--title", "Groups", ...EXAMINER, "--signer", at("one.pub"), "--json");
  expect([made.code, made.json()]).toMatchObject([0, { title: "Groups", signer: one, sources: 0, read_only: false }]);
  expect(exhibit("info", at("case"), "--json").json()).toMatchObject({ signer: one });
  expect(acts()[0]).toContain(`"signer":{"key":"ssh-ed25519 `);
  expect(acts()[0]).not.toContain("vale@example.org\\n");
});

test.each([
  ["a private key", "one", /is a private key: keep it secret/u],
  ["no key", "note.txt", /is not an OpenSSH Ed25519 public key/u],
  ["a key of another kind", "rsa.pub", /is not an OpenSSH Ed25519 public key/u],
  ["a file that is not", "none.pub", /is not there/u],
])("%s is refused, is kept nowhere, and makes no case", (_, name, says) => {
  fs.writeFileSync(at("note.txt"), "the key is in the safe\n");
  fs.writeFileSync(at("rsa.pub"), "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 vale@example.org\n");
  const made = exhibit("create", at("other"), ...EXAMINER, "--signer", at(name));
  expect([made.code, made.out, made.err]).toEqual([2, "", expect.stringMatching(says)]);
  expect(fs.existsSync(at("other"))).toBe(false);
  const before = acts().length;
  const named = exhibit("signer", at("case"), at(name), "--reason", "new");
  expect([named.code, named.err]).toEqual([2, expect.stringMatching(says)]);
  expect(acts()).toHaveLength(before);
  expect(fs.readFileSync(at("case/case.db")).includes("PRIVATE KEY")).toBe(false);
});

test("a bundle by another key says so, until the case names that one", () => {
  fs.writeFileSync(at("a.csv"), "time,app,api,status\n2018-05-01 10:00:00,a1,groups,200\n");
  exhibit("import", at("case"), at("a.csv"));
  const bundle = (name: string, key: string, ...more: readonly string[]) =>
    exhibit("bundle", at("case"), "--out", at(name), "--filter", "app:*", "--key", at(key), ...more);
  const signature = (name: string) =>
    exhibit("verify", at(name), "--json")
      .json<{ checks: { check: string; code: string; ok: boolean; detail: string }[] }>()
      .checks.find(({ check }) => check === "signature");

  expect(bundle("first.zip", "one", "--unchecked")).toMatchObject({ code: 0, err: "" });
  expect(signature("first.zip")).toMatchObject({ code: "signature-valid" });
  expect(signature("first.zip")?.detail).toMatch(/; it is the one that act 1 \(create\) of custody names$/u);

  const second = bundle("second.zip", "two");
  expect([second.code, second.err]).toEqual([
    0,
    expect.stringContaining(
      `by key ${two}, which is not the one that act 1 (create) of custody names, ${one}; compare it`,
    ),
  ]);
  expect(signature("second.zip")).toMatchObject({ ok: true, code: "signature-not-named" });
  expect(acts().at(-2)).toContain(`"key_named":"${one}"`);

  expect(exhibit("signer", at("case"), at("two.pub")).err).toMatch(/^exhibit: A key is named for a reason/u);
  const named = exhibit("signer", at("case"), at("two.pub"), "--reason", "the old one was lost", "--json");
  expect([named.code, named.json()]).toMatchObject([0, { signer: two, reason: "the old one was lost" }]);
  expect(exhibit("signer", at("case"), at("two.pub"), "--reason", "again").err).toMatch(/names already/u);
  expect(exhibit("info", at("case"), "--json").json()).toMatchObject({ signer: two });

  expect(bundle("third.zip", "two", "--unchecked").code).toBe(0);
  expect(signature("third.zip")?.detail).toMatch(/; it is the one that act \d+ \(signer\) of custody names$/u);
});
