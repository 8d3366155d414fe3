import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { SIGNATURE, TAG_MANIFEST, TAG_ORDER, TAGS_LISTED } from "../../../main/bundle/bag/bag-layout.ts";
import { printManifest } from "../../../main/bundle/bag/manifest.ts";
import { parseTags } from "../../../main/bundle/bag/tag-file.ts";
import { pageInput } from "../../../main/bundle/contents/page-input.ts";
import { finishBag } from "../../../main/bundle/finish-bag.ts";
import { payloadDocuments, payloadPages, tagTextOptions } from "../../../main/bundle/report/pages.ts";
import { parsePrivateKey } from "../../../main/bundle/signature/ssh-key.ts";
import { signMessage } from "../../../main/bundle/signature/ssh-signature.ts";
import { openContainer } from "../../../main/bundle/verify/bag/open-zip.ts";
import { digestOf } from "../../../main/custody/append.ts";
import { Engine } from "../../../main/engine/engine.ts";
import type { Disposition } from "../../../shared/model/finding.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { imported } from "../intake/imported.ts";
import { POLICY, privateKeyText, write } from "./fixture.ts";

const keyText = privateKeyText(Buffer.alloc(32, 5));
/** The examiner's own: whoever forges here is the examiner. */
export const examiner = parsePrivateKey(keyText);

const CLAIMS = {
  schema: "exhibit/claims@1",
  claims: [
    {
      id: "few",
      text: "no more than 1",
      rule: "members",
      measure: "developers",
      level: "possible+",
      is: "<=",
      value: 1,
    },
  ],
};

const row = (n: number, app: string, api: string, status: number) =>
  `2018-04-${String(n).padStart(2, "0")}T10:00:00Z,${app},${api},${status},name\n`;
const HEAD = "time,app,api,status,fields\n";

/**
 * A signed bundle as a folder, of a case that has something of everything that its acts tell of. `also`: what is done in the case
 * before, with a folder for files.
 */
export async function signedBundle({
  also,
  ...options
}: {
  originals?: boolean;
  developer?: string;
  findings?: readonly Disposition[];
  also?: (engine: Engine, folder: string) => Promise<void>;
} = {}): Promise<string> {
  const caseFile = newCase();
  const engine = new Engine(caseFile);
  await imported(HEAD + row(3, "a1", "events", 200) + row(5, "a1", "groups", 200) + row(6, "a2", "groups", 200), {
    name: "first.csv",
    caseFile,
  });
  const more = [7, 8, 9].map((day) => row(day, "a2", "groups", day === 8 ? 403 : 200));
  await imported(HEAD + more.join("") + row(10, "a3", "events", 200), { name: "second.csv", caseFile });
  await imported(HEAD + row(11, "a4", "groups", 200), { name: "third.csv", caseFile });
  const folder = temporaryFolder();
  write(folder, {
    "apps.csv": "app,app_name,developer_id\na1,One,D1\na2,Two,D2\na3,Three,D3\n",
    "grants.csv": "app,permission,granted_at,revoked_at\na1,members,2018-01-01,2018-06-01\n",
    "policy.json": JSON.stringify(POLICY),
    "claims.json": JSON.stringify(CLAIMS),
    key: keyText,
    "key.pub": `${examiner.publicKey.line} vale@example.org\n`,
  });
  const at = (name: string) => path.join(folder, name);
  await engine.ask("registry", { files: [at("apps.csv"), at("grants.csv")] });
  await engine.ask("policy", { file: at("policy.json") });
  await engine.ask("claims", { file: at("claims.json") });
  await engine.ask("finding", { developer: "D1", disposition: "dismissed", reason: "a test account" });
  await engine.ask("finding", { developer: "D2", disposition: "confirmed", reason: "seen" });
  await engine.ask("tag", { filter: "app:a3", tag: "context" });
  await engine.ask("tag", { filter: "app:a1", tag: "seen", note: "both of them" });
  await engine.ask("withdraw", { source: 3, reason: "another tenant's" });
  const came = { from: "A. Marsh", on: "2019-11-06", medium: "encrypted disk", method: "vendor export", seal: "0442" };
  await engine.ask("received", { source: 2, ...came, note: "by hand" });
  await engine.ask("received", { source: 1, ...came, from: "B. Marsh" });
  await engine.ask("received", { source: 1, ...came, digest: "0".repeat(64) });
  await engine.ask("signer", { file: at("key.pub"), reason: "the examiner's" });
  await also?.(engine, folder);
  await engine.ask("bundle", { out: at("before.zip") });
  const zip = at("bundle.zip");
  const { findings, ...others } = options;
  const { name } = await engine.ask("bundle", {
    ...{ out: zip, key: at("key"), ...others },
    ...(findings && { findings: [...findings] }),
  });
  caseFile.close();
  return unpacked(zip, at(name));
}

/** The bundle as a folder. */
export async function unpacked(zip: string, folder: string): Promise<string> {
  const container = await openContainer(zip);
  for (const file of container.files?.sizes.keys() ?? []) {
    const pieces: Buffer[] = [];
    for await (const chunk of container.files?.read(file) ?? []) pieces.push(Buffer.from(chunk));
    write(folder, { [file]: Buffer.concat(pieces) });
  }
  await container.close();
  return folder;
}

/** The zip from which a bundle's folder was unpacked. */
export const zipOf = (folder: string): string => path.join(path.dirname(folder), "bundle.zip");

/** The files of a bundle's payload, to be changed. */
export class Payload {
  readonly folder: string;
  /** What is changed in pages, by their paths in the bag. */
  readonly pages = new Map<string, (text: string) => string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Changes a text; one that stays as it was is a mistake of the test. */
  text(name: string, change: (text: string) => string): void {
    const file = path.join(this.folder, "data", name);
    const before = fs.readFileSync(file, "latin1");
    const after = change(before);
    if (after === before) throw new Error(`${name} was not changed`);
    fs.writeFileSync(file, after, "latin1");
  }

  // biome-ignore lint/suspicious/noExplicitAny: the test changes what it likes.
  json(name: string, change: (document: any) => void): void {
    this.text(name, (text) => {
      const document = JSON.parse(text);
      change(document);
      return `${JSON.stringify(document, undefined, 1)}\n`;
    });
  }

  /** Changes acts, and makes the chain and what bundle.json says of it anew. */
  // biome-ignore lint/suspicious/noExplicitAny: the test changes what it likes.
  acts(change: (acts: any[]) => any[] | undefined): void {
    this.text("extract/custody.jsonl", (text) => {
      const before = text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      const acts = change(before) ?? before;
      let previous = "0".repeat(64);
      const lines = acts.map((act, index) => {
        const line = JSON.stringify({ ...act, seq: index + 1, previous });
        previous = digestOf(line);
        return line;
      });
      this.json("extract/bundle.json", (about) => {
        about.custody = { entries: lines.length, head: previous };
      });
      return `${lines.join("\n")}\n`;
    });
  }

  add(name: string, text: string): void {
    write(path.join(this.folder, "data"), { [name]: text });
  }

  remove(name: string): void {
    fs.rmSync(path.join(this.folder, "data", name));
  }

  /** Changes a page, after it was made anew; a path in the bag. */
  page(name: string, change: (text: string) => string): void {
    this.pages.set(name, change);
  }

  sha256(name: string): string {
    return createHash("sha256")
      .update(fs.readFileSync(path.join(this.folder, "data", name)))
      .digest("hex");
  }
}

/**
 * What the examiner does who forges its own bundle: changes the payload, lets the program make the pages of it, and makes
 * every digest and the signature anew. Pages that cannot be made of what was changed stay as they were.
 */
export async function forged(
  root: string,
  change: (payload: Payload) => void,
  more: { readonly date?: string; readonly info?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const folder = path.join(temporaryFolder(), path.basename(root));
  fs.cpSync(root, folder, { recursive: true });
  const { tags } = parseTags(fs.readFileSync(path.join(folder, "bag-info.txt"), "utf8"));
  const said = (label: string) => more.info?.[label] ?? tags.find(([name]) => name === label)?.[1] ?? "";
  const openPage = fs.readFileSync(path.join(folder, "OPEN.html"), "utf8");
  for (const name of TAG_ORDER) fs.rmSync(path.join(folder, name));
  const payload = new Payload(folder);
  change(payload);
  const extract = (name: string) => fs.readFileSync(path.join(folder, "data", "extract", name), "utf8");
  const { input, pages } = await pagesAnew(extract).catch(() => ({ input: undefined, pages: [] }));
  for (const [name, content] of pages)
    if (fs.existsSync(path.join(folder, name))) fs.writeFileSync(path.join(folder, name), content);
  for (const [name, again] of payload.pages)
    if (name.startsWith("data/")) payload.text(name.slice("data/".length), again);
  await finishBag(folder, {
    ...(input ? tagTextOptions(input) : { openPage }),
    name: path.basename(root),
    date: more.date ?? said("Bagging-Date"),
    software: said("Bag-Software-Agent"),
    info: ["Contact-Name", "External-Description"].map((label) => [label, said(label)]),
    key: examiner,
  });
  const beside = [...payload.pages].filter(([name]) => !name.startsWith("data/"));
  for (const [name, again] of beside) payload.text(`../${name}`, again);
  if (beside.length > 0) sealAgain(folder);
  return folder;
}

async function pagesAnew(extract: (name: string) => string) {
  const input = await pageInput(extract, examiner.publicKey);
  return { input, pages: [...payloadPages(input), ...(await payloadDocuments(input))] };
}

/** What somebody does who has no key and no idea of digests: changes the files. */
export function changed(root: string, change: (payload: Payload) => void): string {
  const folder = path.join(temporaryFolder(), path.basename(root));
  fs.cpSync(root, folder, { recursive: true });
  const payload = new Payload(folder);
  change(payload);
  for (const [name, again] of payload.pages) payload.text(path.relative("data", name), again);
  return folder;
}

/** The tag manifest, and the signature over it. */
function sealAgain(folder: string): void {
  const digest = (name: string) =>
    createHash("sha256")
      .update(fs.readFileSync(path.join(folder, name)))
      .digest("hex");
  const manifest = printManifest(new Map(TAGS_LISTED.map((name) => [name, digest(name)])));
  fs.writeFileSync(path.join(folder, TAG_MANIFEST), manifest);
  fs.writeFileSync(path.join(folder, SIGNATURE), signMessage(examiner, Buffer.from(manifest)));
}
