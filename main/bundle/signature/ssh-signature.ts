import { createHash } from "node:crypto";
import { type PublicKey, publicKeyOf, type SigningKey } from "./ssh-key.ts";
import { SshReader, sshString } from "./ssh-wire.ts";

/** The namespaces of our signatures. One made for another purpose (git, file, the other of these two) is not valid here. */
const NAMESPACE = "exhibit";
export const REVIEW_NAMESPACE = "exhibit-review";
const MAGIC = Buffer.from("SSHSIG");
const BEGIN = "-----BEGIN SSH SIGNATURE-----";
const END = "-----END SSH SIGNATURE-----";

/** An SSHSIG (OpenSSH's PROTOCOL.sshsig) over `message`, byte for byte what `ssh-keygen -Y sign -n exhibit` writes. */
export function signMessage(key: SigningKey, message: Uint8Array, namespace = NAMESPACE): string {
  const signed = key.sign(toSign(message, "sha512", namespace));
  const signature = Buffer.concat([sshString("ssh-ed25519"), sshString(signed)]);
  return armor(
    Buffer.concat([
      MAGIC,
      Buffer.from([0, 0, 0, 1]),
      sshString(key.publicKey.blob),
      sshString(namespace),
      sshString(""),
      sshString("sha512"),
      sshString(signature),
    ]),
  );
}

type SignatureVerdict = { readonly key: PublicKey; readonly fault?: undefined } | { readonly fault: string };

/**
 * Whether `text` is a signature over `message`, and by which key. Only the one form that ssh-keygen writes is accepted,
 * so that no two files are the same signature. A fault is the second half of a sentence about the signature.
 */
export function verifyMessage(text: string, message: Uint8Array, namespace = NAMESPACE): SignatureVerdict {
  const blob = Buffer.from(text.slice(BEGIN.length, -END.length - 1), "base64");
  if (armor(blob) !== text) return { fault: "is not an SSH signature as ssh-keygen writes it" };
  try {
    return verifyBlob(new SshReader(blob), message, namespace);
  } catch (error) {
    if (error instanceof RangeError) return { fault: `is damaged: ${error.message}` };
    throw error;
  }
}

/** The key that a signature says it is by, whatever it signs; undefined where it says none. */
export function keyOfSignature(text: string): PublicKey | undefined {
  try {
    const reader = new SshReader(Buffer.from(text.slice(BEGIN.length, -END.length - 1), "base64"));
    reader.read(MAGIC.length);
    reader.uint32();
    return publicKeyOf(reader.string());
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function verifyBlob(reader: SshReader, message: Uint8Array, wanted: string): SignatureVerdict {
  if (!reader.read(MAGIC.length).equals(MAGIC) || reader.uint32() !== 1)
    return { fault: "is not an SSH signature of version 1" };
  const key = publicKeyOf(reader.string());
  if (key === undefined) return { fault: "is not by an Ed25519 key" };
  const namespace = reader.text();
  if (namespace !== wanted) return { fault: `was made for another purpose, ${JSON.stringify(namespace)}` };
  if (reader.string().length !== 0) return { fault: "has a reserved field that is not empty" };
  const hash = reader.text();
  if (hash !== "sha512" && hash !== "sha256") return { fault: `uses the unknown hash ${JSON.stringify(hash)}` };
  const signature = new SshReader(reader.string());
  if (signature.text() !== "ssh-ed25519") return { fault: "is not an Ed25519 signature" };
  const bytes = signature.string();
  if (reader.rest.length > 0 || signature.rest.length > 0) return { fault: "has bytes after its end" };
  if (bytes.length !== 64 || !key.verify(toSign(message, hash, wanted), bytes)) return { fault: "does not match" };
  return { key };
}

/** What is signed is not the message but its digest, bound to the namespace. */
function toSign(message: Uint8Array, hash: "sha256" | "sha512", namespace: string): Buffer {
  const digest = createHash(hash).update(message).digest();
  return Buffer.concat([MAGIC, sshString(namespace), sshString(""), sshString(hash), sshString(digest)]);
}

function armor(blob: Buffer): string {
  const lines = blob.toString("base64").match(/.{1,70}/g) ?? [];
  return `${[BEGIN, ...lines, END].join("\n")}\n`;
}
