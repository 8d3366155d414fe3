import { execFileSync, spawnSync } from "node:child_process";
import { createPrivateKey, createPublicKey } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type BagOptions, type FinishedBag, finishBag, zipBag } from "../../../main/bundle/finish-bag.ts";
import type { CheckName, Verdict } from "../../../main/bundle/verify/bag/outcomes.ts";
import { temporaryFolder } from "../../temporary.ts";

export const hasTool = (name: string, ...args: string[]): boolean =>
  spawnSync(name, args, { stdio: "ignore" }).error === undefined;

/** Runs a tool; its output, or its exit code and complaint as an Error. */
export function run(tool: string, args: string[], options: { cwd?: string; input?: string | Buffer } = {}): string {
  return execFileSync(tool, args, {
    ...options,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "pipe"],
    maxBuffer: 1 << 28,
  });
}

/** An unencrypted OpenSSH private key, written by hand after PROTOCOL.key, from 32 bytes of seed. */
export function privateKeyText(seed: Buffer, comment = "test"): string {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const key = createPublicKey(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
  const raw = key.export({ format: "der", type: "spki" }).subarray(-32);
  const string = (value: Buffer | string) => {
    const bytes = Buffer.from(value as string);
    return Buffer.concat([Buffer.from([0, 0, bytes.length >> 8, bytes.length & 255]), bytes]);
  };
  const blob = Buffer.concat([string("ssh-ed25519"), string(raw)]);
  let secret = Buffer.concat([Buffer.alloc(8, 7), blob, string(Buffer.concat([seed, raw])), string(comment)]);
  for (let pad = 1; secret.length % 8 !== 0; pad++) secret = Buffer.concat([secret, Buffer.from([pad])]);
  const one = Buffer.from([0, 0, 0, 1]);
  const all = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    string("none"),
    string("none"),
    string(""),
    one,
    string(blob),
    string(secret),
  ]);
  const lines = all.toString("base64").match(/.{1,70}/g) ?? [];
  return ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----", ""].join("\n");
}

/** A small bundle as a finished folder and its zip, in a scratch folder of its own. */
export async function smallBundle(
  more: Partial<BagOptions> = {},
  payload: Record<string, string> = PAYLOAD,
): Promise<{ folder: string; zip: string; bag: FinishedBag }> {
  const root = temporaryFolder();
  const name = more.name ?? "groups-api-1";
  const folder = path.join(root, name);
  write(folder, payload);
  const bag = await finishBag(folder, {
    name,
    date: "2019-11-05",
    software: "Exhibit 0.1.0",
    openPage: "<!doctype html>\n",
    ...more,
  });
  const zip = path.join(root, `${name}.zip`);
  await zipBag(bag, zip);
  return { folder, zip, bag };
}

const PAYLOAD = {
  "data/extract/bundle.json": '{"filter":"api:groups"}\n',
  "data/extract/events.jsonl": '{"time":"2018-04-04T00:00:00Z"}\n',
  "data/index.html": "<!doctype html><title>Report</title>\n",
  "data/extract/lines/source-1.txt": `10.0.0.1 - - "GET /1/members"\n`.repeat(20),
};

/** One rule: no names of members through groups. */
export const POLICY = {
  schema: "exhibit/policy@1",
  as_of: "2019-11-05",
  rules: [
    {
      id: "members",
      effective_from: "2018-04-04T00:00:00Z",
      applies_to: { api: ["groups"] },
      restricted_fields: ["name"],
      permission: "members",
    },
  ],
};

/** Writes files, and the folders they need. */
export function write(folder: string, files: Record<string, string | Buffer>): string {
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

export const okOf = (verdict: Verdict, check: CheckName) => verdict.checks.find((each) => each.check === check)?.ok;
export const detailOf = (verdict: Verdict, check: CheckName) =>
  verdict.checks.find((each) => each.check === check)?.detail ?? "";
export const codeOf = (verdict: Verdict, check: CheckName) => verdict.checks.find((each) => each.check === check)?.code;
export const failed = (verdict: Verdict) => verdict.checks.filter((each) => each.ok === false);
