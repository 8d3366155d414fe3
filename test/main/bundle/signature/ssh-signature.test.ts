import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lookAtPrivateKey, parsePrivateKey, parsePublicKey } from "../../../../main/bundle/signature/ssh-key.ts";
import { signMessage, verifyMessage } from "../../../../main/bundle/signature/ssh-signature.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { hasTool, privateKeyText, run } from "../fixture.ts";

const keyText = privateKeyText(Buffer.alloc(32, 1), "examiner@example");
const key = parsePrivateKey(keyText);
const message = Buffer.from("manifest\n".repeat(100));
const noKeygen = !hasTool("ssh-keygen", "-?");

describe.skipIf(noKeygen)("with ssh-keygen (skipped where it is missing)", () => {
  const folder = temporaryFolder();
  const file = (name: string, content: string | Buffer) => {
    fs.writeFileSync(path.join(folder, name), content, { mode: 0o600 });
    return path.join(folder, name);
  };
  const generate = (name: string, ...more: string[]) => {
    run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "Ada <a@b>", ...more, "-f", path.join(folder, name)]);
    return fs.readFileSync(path.join(folder, name), "utf8");
  };

  test("signs byte for byte what ssh-keygen signs", () => {
    for (let round = 0; round < 4; round++) {
      const ours = parsePrivateKey(generate(`key${round}`));
      const content = Buffer.alloc(round * 1000, round);
      const theirs = run("ssh-keygen", ["-q", "-Y", "sign", "-n", "exhibit", "-f", path.join(folder, `key${round}`)], {
        input: content,
      });
      expect(signMessage(ours, content)).toBe(theirs);
      expect(verifyMessage(theirs, content)).toMatchObject({ key: { fingerprint: ours.publicKey.fingerprint } });
    }
  });

  test("ssh-keygen accepts our signatures, and only over that message", () => {
    const signature = file("ours.sig", signMessage(key, message));
    const allowed = file("allowed", `examiner ${key.publicKey.line}\n`);
    const verify = ["-Y", "verify", "-f", allowed, "-I", "examiner", "-n", "exhibit", "-s", signature];
    expect(run("ssh-keygen", verify, { input: message })).toMatch(
      /^Good "exhibit" signature for examiner with ED25519 key SHA256:/,
    );
    expect(
      run("ssh-keygen", ["-Y", "check-novalidate", "-n", "exhibit", "-s", signature], { input: message }),
    ).toContain(key.publicKey.fingerprint);
    expect(() => run("ssh-keygen", verify, { input: "other" })).toThrow();
  });

  test("reads keys with and without passphrase, and prints fingerprints as ssh-keygen does", () => {
    generate("plain");
    generate("sealed", "-N", "très secret", "-a", "4");
    for (const [name, passphrase] of [["plain"], ["sealed", "très secret"]] as const) {
      const read = parsePrivateKey(fs.readFileSync(path.join(folder, name), "utf8"), passphrase);
      const line = fs.readFileSync(path.join(folder, `${name}.pub`), "utf8");
      expect(`${read.publicKey.line} ${read.publicKey.comment}\n`).toBe(line);
      expect(parsePublicKey(line).fingerprint).toBe(
        run("ssh-keygen", ["-l", "-f", path.join(folder, name)]).split(" ")[1],
      );
      expect(verifyMessage(signMessage(read, message), message)).toMatchObject({ key: { line: read.publicKey.line } });
      // Whose it is can be said before anybody gives the passphrase.
      expect(lookAtPrivateKey(fs.readFileSync(path.join(folder, name), "utf8"))).toMatchObject({
        publicKey: { fingerprint: read.publicKey.fingerprint },
        isEncrypted: passphrase !== undefined,
      });
    }
    const sealed = fs.readFileSync(path.join(folder, "sealed"), "utf8");
    expect(() => parsePrivateKey(sealed)).toThrow("is encrypted: give its passphrase");
    expect(() => parsePrivateKey(sealed, "wrong")).toThrow("does not open with that passphrase");
    expect(() => parsePrivateKey(sealed, "")).toThrow("does not open with that passphrase");
  });

  test("refuses keys that cannot sign, by what they are", () => {
    run("ssh-keygen", ["-q", "-t", "ecdsa", "-N", "", "-f", path.join(folder, "ecdsa")]);
    for (const read of [parsePrivateKey, lookAtPrivateKey])
      expect(() => read(fs.readFileSync(path.join(folder, "ecdsa"), "utf8"))).toThrow(
        'of kind "ecdsa-sha2-nistp256", not Ed25519',
      );
    run("ssh-keygen", ["-q", "-t", "rsa", "-m", "PEM", "-N", "", "-f", path.join(folder, "pem")]);
    expect(() => parsePrivateKey(fs.readFileSync(path.join(folder, "pem"), "utf8"))).toThrow(
      "not in OpenSSH's own format",
    );
    generate("cbc", "-N", "secret", "-Z", "aes256-cbc");
    expect(() => parsePrivateKey(fs.readFileSync(path.join(folder, "cbc"), "utf8"), "secret")).toThrow(
      'encrypted with "aes256-cbc"',
    );
  });

  test("takes no signature made for another purpose", () => {
    generate("other");
    const theirs = run("ssh-keygen", ["-q", "-Y", "sign", "-n", "git", "-f", path.join(folder, "other")], {
      input: message,
    });
    expect(verifyMessage(theirs, message)).toEqual({ fault: 'was made for another purpose, "git"' });
  });
});

test("every flipped bit of a signature is refused", () => {
  const bytes = Buffer.from(signMessage(key, message));
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ (1 << bit);
      expect(verifyMessage(flipped.toString("latin1"), message).fault, `bit ${bit} of byte ${at}`).toBeDefined();
    }
  }
});

test("any message round-trips; cut, longer and foreign texts are refused, never thrown at", () => {
  const arbitrary = fc.uint8Array({ maxLength: 300 });
  fc.assert(fc.property(arbitrary, (content) => verifyMessage(signMessage(key, content), content).fault === undefined));
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => verifyMessage(text, message).fault !== undefined));
  const text = signMessage(key, message);
  for (let length = 0; length < text.length; length++)
    expect(verifyMessage(text.slice(0, length), message).fault).toBeDefined();
  for (const more of ["\n", " ", text]) expect(verifyMessage(text + more, message).fault).toBeDefined();
  expect(verifyMessage(text.replaceAll("\n", "\r\n"), message).fault).toBeDefined();
});

test("a damaged key is refused as a key, whatever byte is wrong but those of its comment", () => {
  const body = keyText.split("\n").slice(1, -2).join("");
  const bytes = Buffer.from(body, "base64");
  const comment = bytes.indexOf("examiner@example");
  for (let at = 0; at < bytes.length; at++) {
    if (at >= comment && at < comment + 16) continue;
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] as number) ^ 0x41;
    const text = keyText.replace(/KEY-----\n[^-]*/, `KEY-----\n${flipped.toString("base64")}\n`);
    expect(() => parsePrivateKey(text), `byte ${at}`).toThrow(expect.objectContaining({ code: "key-wrong" }));
  }
  for (const text of ["", "hello", `${key.publicKey.line}\n`]) {
    expect(() => parsePrivateKey(text)).toThrow(expect.objectContaining({ code: "key-wrong" }));
  }
});

test("a public key is one line, however it was handed over", () => {
  const { line, fingerprint } = key.publicKey;
  for (const text of [line, `${line} Ada <a@b>\r\n`, `examiner namespaces="exhibit" ${line}\n`, `# key\n${line}\n`]) {
    expect(parsePublicKey(text).fingerprint).toBe(fingerprint);
  }
  for (const text of [
    "",
    "ssh-ed25519",
    "ssh-ed25519 AAAA",
    `${line}\n${line}`,
    line.slice(0, -8),
    "ssh-rsa AAAA",
    keyText,
  ]) {
    expect(() => parsePublicKey(text)).toThrow(expect.objectContaining({ code: "key-wrong" }));
  }
});
