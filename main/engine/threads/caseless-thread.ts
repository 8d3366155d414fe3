import fs from "node:fs";
import path from "node:path";
import { type MessagePort, parentPort } from "node:worker_threads";
import { Refusal } from "../../../shared/base/errors.ts";
import { given } from "../../../shared/base/given.ts";
import type { Hooks } from "../../../shared/contract/contract.ts";
import type { DesktopInput, DesktopReply } from "../../../shared/contract/desktop.ts";
import type { BundleChanges } from "../../../shared/model/accountability/changes.ts";
import { lookAtPrivateKey, parsePublicKey } from "../../bundle/signature/ssh-key.ts";
import { bundleChanges } from "../../bundle/verify/bundle-changes.ts";
import { verify } from "../../bundle/verify/verify.ts";
import { formatsList } from "../../intake/detect/detect.ts";
import { inspectFile } from "../../intake/detect/inspect.ts";
import { decodeSample, readSample } from "../../intake/detect/sample.ts";
import { readMapping } from "../../intake/mapping/parse-mapping.ts";
import { encodingNamed } from "../../platform/encodings/encoding.ts";
import { ENCODINGS } from "../../platform/encodings/transcoder.ts";
import { lowerPriority } from "../../platform/priority.ts";
import { readText } from "../../platform/small-file.ts";
import { type JsonFault, parseUserJson } from "../../platform/user-json.ts";
import { writeSample } from "../../sample/write-sample.ts";
import { crossing, serve } from "./serve-port.ts";

/** The thread for work without an open case: looking at files, verifying a bundle, making the sample. */

const START_BYTES = 1 << 16;
const MAX_START_LINES = 40;
const MAX_KEY_BYTES = 1 << 16;

/** The text of a file that may be a key. @throws Refusal `key-wrong` */
function keyIn(file: string, kind: string, todo: string): string {
  demandThere(file);
  const { size } = fs.statSync(file);
  if (size > MAX_KEY_BYTES)
    throw new Refusal("key-wrong", `${path.basename(file)} has ${size} bytes, and no ${kind} has`, todo);
  return readText(file).toString("utf8");
}

const CASELESS = {
  async detect({ files, format, mapping, timezone }: DesktopInput<"detect">): Promise<DesktopReply<"detect">> {
    const options = {
      ...given({ format, mapping, timezone }),
    };
    const looked = files.map(async (file) => {
      try {
        const { looks, left_out } = await inspectFile(file, options);
        return { path: file, looks, left_out };
      } catch (error) {
        return { path: file, refused: crossing(error) };
      }
    });
    return { files: await Promise.all(looked) };
  },
  async beginning({ file, encoding: named }: DesktopInput<"beginning">): Promise<DesktopReply<"beginning">> {
    const { encoding, text } = decodeSample(readSample(file), named === undefined ? undefined : encodingNamed(named));
    const lines = text.toString("utf8", 0, START_BYTES).split(/\r\n|\n|\r/u, MAX_START_LINES);
    return { encoding, lines };
  },
  /** @throws Refusal `key-wrong` where the file holds no public key, saying what it is instead */
  async publicKey({ file }: { file: string }): Promise<DesktopReply<"publicKey">> {
    const text = keyIn(
      file,
      "public key",
      "give one line that begins with ssh-ed25519, as in the examiner's .pub file",
    );
    return { fingerprint: parsePublicKey(text, path.basename(file)).fingerprint };
  },
  /** @throws Refusal `key-wrong` where the file holds no key that can sign, saying what it is instead */
  async signingKey({ file }: { file: string }): Promise<DesktopReply<"signingKey">> {
    const text = keyIn(file, "private key", "give a private key as `ssh-keygen -t ed25519` writes it");
    const { publicKey, isEncrypted } = lookAtPrivateKey(text, path.basename(file));
    return { fingerprint: publicKey.fingerprint, isEncrypted };
  },
  /** @throws Refusal `mapping-wrong` */
  async checkMapping({ document }: { document: unknown }): Promise<void> {
    readMapping(document, "the mapping");
  },
  async formats(_: DesktopInput<"formats">): Promise<DesktopReply<"formats">> {
    return { formats: formatsList(), encodings: ENCODINGS };
  },
  async readMapping({ file }: DesktopInput<"readMapping">): Promise<DesktopReply<"readMapping">> {
    const text = readText(file).toString("utf8");
    try {
      return { mapping: parseUserJson(text) };
    } catch (error) {
      throw new Refusal(
        "mapping-wrong",
        `${path.basename(file)} ${(error as JsonFault).message}`,
        "correct it and choose it again; nothing was imported",
      );
    }
  },
  async verify({
    target,
    recompute = false,
    signer,
    after,
  }: {
    target: string;
    recompute?: boolean | undefined;
    signer?: string | undefined;
    after?: string | undefined;
  }) {
    demandThere(target);
    if (after !== undefined) demandThere(after);
    return verify(target, {
      recompute,
      ...given({ after }),
      ...(signer === undefined ? {} : { signer: readText(signer).toString("utf8") }),
    });
  },
  async bundleChanges({ before, after }: { before: string; after: string }): Promise<BundleChanges> {
    for (const each of [before, after]) demandThere(each);
    return bundleChanges(before, after);
  },
  writeSample: ({ dir, rows }: { dir: string; rows: number }, hooks: Hooks) =>
    writeSample(dir, {
      rows,
      progress: (done, total) =>
        hooks.progress?.({ what: "writing the sample", done, total, unit: "records", records: done }),
    }),
} as const;

/** @throws Refusal `bundle-missing`; `file-unreadable` where the system does not let anybody look, which is something else */
function demandThere(target: string): void {
  try {
    fs.statSync(target);
  } catch (error) {
    const { code = "unknown" } = error as { code?: string };
    if (code === "ENOENT" || code === "ENOTDIR")
      throw new Refusal("bundle-missing", `${target} is not there`, "name a bundle, a bag's folder or a case");
    throw new Refusal("file-unreadable", `${target} cannot be read (${code})`, "check its permissions and its disk");
  }
}

export type CaselessRequests = typeof CASELESS;
export type CaselessName = keyof CaselessRequests;
export type CaselessInput<Name extends CaselessName> = Parameters<CaselessRequests[Name]>[0];
export type CaselessReply<Name extends CaselessName> = Awaited<ReturnType<CaselessRequests[Name]>>;

lowerPriority();
const port = parentPort as MessagePort;
serve(
  port,
  (name, input, hooks) =>
    (CASELESS[name as CaselessName] as (input: unknown, hooks: Hooks) => Promise<unknown>)(input, hooks),
  () => undefined,
);
port.postMessage({ kind: "opened", about: undefined });
