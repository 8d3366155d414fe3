import {
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { pbkdf } from "bcrypt-pbkdf";
import { Refusal } from "../../../shared/base/errors.ts";
import { SshReader, sshString } from "./ssh-wire.ts";

const ED25519 = "ssh-ed25519";
/** DER before the 32 bytes of an Ed25519 key, RFC 8410 sections 4 and 7. */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** An Ed25519 public key as OpenSSH writes it. */
export interface PublicKey {
  /** `ssh-ed25519 AAAA…`, without a comment. */
  readonly line: string;
  readonly comment: string;
  /** `SHA256:…` as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** Wire form: the two strings of RFC 8709 section 4. */
  readonly blob: Buffer;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

export interface SigningKey {
  readonly publicKey: PublicKey;
  /** 64 bytes, the same for the same message every time. */
  sign(message: Uint8Array): Buffer;
}

/** Reads the wire form of a public key; undefined if it is not exactly one Ed25519 key. */
export function publicKeyOf(blob: Buffer, comment = ""): PublicKey | undefined {
  if (
    blob.length !== 51 ||
    !blob.subarray(0, 19).equals(Buffer.concat([sshString(ED25519), Buffer.from([0, 0, 0, 32])]))
  ) {
    return undefined;
  }
  const key = createPublicKey({ key: Buffer.concat([SPKI, blob.subarray(19)]), format: "der", type: "spki" });
  return {
    line: `${ED25519} ${blob.toString("base64")}`,
    comment,
    fingerprint: `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`,
    blob,
    verify: (message, signature) => verify(null, message, key, signature),
  };
}

/** One public key from the text of a `.pub` or allowed_signers file. Refuses with `key-wrong`; `where` names the file. */
export function parsePublicKey(text: string, where = "the public key"): PublicKey {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const todo = "give one line that begins with ssh-ed25519, as in the examiner's .pub file";
  if (/PRIVATE KEY/.test(text)) throw new Refusal("key-wrong", `${where} is a private key`, `keep it secret; ${todo}`);
  if (lines.length > 1) throw new Refusal("key-wrong", `${where} holds ${lines.length} lines`, todo);
  const found = /(?:^|\s)ssh-ed25519[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+(.*))?$/.exec(lines[0]?.trim() ?? "");
  const key = found === null ? undefined : publicKeyOf(Buffer.from(found[1] ?? "", "base64"), found[2] ?? "");
  if (key === undefined) {
    const begins = lines[0] === undefined ? "" : `: it begins ${printable(lines[0].slice(0, 24))}`;
    throw new Refusal("key-wrong", `${where} is not an OpenSSH Ed25519 public key${begins}`, todo);
  }
  return key;
}

/**
 * An Ed25519 private key as `ssh-keygen -t ed25519` writes it (PROTOCOL.key), with or without a passphrase.
 * Refuses with `key-wrong` what cannot sign, and says why; `where` names the file.
 */
export const parsePrivateKey = (text: string, passphrase?: string, where = "The key"): SigningKey =>
  withArmored(text, where, (bytes) => readPrivateKey(bytes, passphrase, where));

/**
 * Whose a private key is, and whether it asks for a passphrase: its public half stands in it in clear. One that asks for none is read
 * whole. Refuses with `key-wrong` what cannot sign.
 */
export const lookAtPrivateKey = (text: string, where = "The key"): { publicKey: PublicKey; isEncrypted: boolean } =>
  withArmored(text, where, (bytes) => {
    const { cipher, blob } = outerOf(new SshReader(bytes), where);
    if (cipher === "none") return { publicKey: readPrivateKey(bytes, undefined, where).publicKey, isEncrypted: false };
    const publicKey = publicKeyOf(blob);
    if (publicKey === undefined) throw new Refusal("key-wrong", `${where} is damaged`, MAKE_ONE);
    return { publicKey, isEncrypted: true };
  });

const MAKE_ONE = "make one with: ssh-keygen -t ed25519 -f FILE";

function withArmored<Result>(text: string, where: string, read: (bytes: Buffer) => Result): Result {
  const armored =
    /^\s*-----BEGIN OPENSSH PRIVATE KEY-----\s([\sA-Za-z0-9+/=]*)-----END OPENSSH PRIVATE KEY-----\s*$/.exec(text);
  if (armored === null) throw new Refusal("key-wrong", `${where} is ${kindOf(text)}`, MAKE_ONE);
  try {
    return read(Buffer.from(armored[1] ?? "", "base64"));
  } catch (error) {
    if (error instanceof RangeError)
      throw new Refusal("key-wrong", `${where} is damaged: ${error.message}`, MAKE_ONE, { cause: error });
    throw error;
  }
}

function kindOf(text: string): string {
  if (/^ssh-|^ecdsa-|^sk-/.test(text)) return "a public key, not a private one";
  if (/PRIVATE KEY-----/.test(text)) return "not in OpenSSH's own format";
  return "not a private key";
}

/** What stands before the part that may be encrypted. */
function outerOf(reader: SshReader, where: string) {
  const wrong = (what: string) => new Refusal("key-wrong", `${where} ${what}`, MAKE_ONE);
  if (reader.read(15).toString("latin1") !== "openssh-key-v1\0") throw wrong("is not a private key");
  const cipher = reader.text();
  const kdf = reader.text();
  const options = reader.string();
  if (reader.uint32() !== 1) throw wrong("file holds more than one key");
  const blob = reader.string();
  const kind = new SshReader(blob).text();
  if (kind !== ED25519) throw wrong(`is of kind ${printable(kind)}, not Ed25519`);
  return { cipher, kdf, options, blob };
}

function readPrivateKey(bytes: Buffer, passphrase: string | undefined, where: string): SigningKey {
  const wrong = (what: string, then = MAKE_ONE) => new Refusal("key-wrong", `${where} ${what}`, then);
  const reader = new SshReader(bytes);
  const { cipher, kdf, options, blob } = outerOf(reader, where);
  const sealed = reader.string();
  if (cipher === "none" && kdf !== "none") throw wrong("is damaged");
  const secret = new SshReader(cipher === "none" ? sealed : decrypt(sealed, cipher, kdf, options, passphrase, wrong));
  const check = secret.uint32();
  if (check !== secret.uint32()) {
    throw cipher === "none" ? wrong("is damaged") : wrong("does not open with that passphrase", "give the right one");
  }
  const publicKey =
    secret.text() === ED25519 ? publicKeyOf(Buffer.concat([blob.subarray(0, 19), secret.string()])) : undefined;
  const pair = secret.string();
  const comment = secret.text();
  const padded = secret.rest.every((byte, at) => byte === at + 1);
  if (
    publicKey === undefined ||
    !pair.subarray(32).equals(blob.subarray(19)) ||
    !publicKey.blob.equals(blob) ||
    !padded
  )
    throw wrong("is damaged");
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, pair.subarray(0, 32)]), format: "der", type: "pkcs8" });
  if (!spkiOf(key).subarray(SPKI.length).equals(blob.subarray(19)))
    throw wrong("is damaged: its two halves do not belong together");
  return { publicKey: { ...publicKey, comment }, sign: (message) => sign(null, message, key) };
}

const spkiOf = (key: KeyObject) => createPublicKey(key).export({ format: "der", type: "spki" });
const printable = (text: string) => JSON.stringify(text.slice(0, 40));

/** ssh-keygen's default since OpenSSH 7.8: bcrypt_pbkdf for 32 bytes of key and 16 of counter, then AES-256-CTR. */
function decrypt(
  sealed: Buffer,
  cipher: string,
  kdf: string,
  options: Buffer,
  passphrase: string | undefined,
  wrong: (what: string, then?: string) => Refusal,
): Buffer {
  if (passphrase === undefined) throw wrong("is encrypted", "give its passphrase");
  if (cipher !== "aes256-ctr" || kdf !== "bcrypt") {
    throw wrong(`is encrypted with ${printable(cipher)}`, "change it with: ssh-keygen -p -Z aes256-ctr -f FILE");
  }
  const reader = new SshReader(options);
  const salt = reader.string();
  const rounds = reader.uint32();
  const key = Buffer.alloc(48);
  const pass = Buffer.from(passphrase, "utf8");
  if (pass.length === 0 || pbkdf(pass, pass.length, salt, salt.length, key, key.length, rounds) !== 0) {
    throw wrong("does not open with that passphrase", "give the right one");
  }
  const open = createDecipheriv("aes-256-ctr", key.subarray(0, 32), key.subarray(32));
  return Buffer.concat([open.update(sealed), open.final()]);
}
