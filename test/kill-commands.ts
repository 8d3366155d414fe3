import fs from "node:fs";
import path from "node:path";
import { verify } from "../main/bundle/verify/verify.ts";
import type { Engine } from "../main/engine/engine.ts";

/** Where a command works: a case, files to import, and a folder for what it hands out. */
export interface Place {
  readonly folder: string;
  readonly case: string;
  readonly out: string;
}

export interface Command {
  readonly name: string;
  args(place: Place): string[];
  /** The same by the engine, for the repeat. */
  again(engine: Engine, place: Place): Promise<unknown>;
  /** The act that tells of it; none for what is not recorded. */
  readonly act?: string;
  /** Whether what it handed out is whole. */
  isWhole?(out: string): Promise<boolean>;
  /** A copy is worked on that has no cache yet. */
  readonly isFirst?: true;
  /** So many of the kills in a test that does not do all of them. */
  readonly few?: number;
}

const file = (place: Place, name: string) => path.join(place.folder, name);
const text = (out: string) => fs.readFileSync(out, "utf8");

/** Those that read logs or hand something out. */
export const COMMANDS: readonly Command[] = [
  {
    name: "import",
    args: (place) => ["import", place.case, file(place, "two.csv")],
    again: (engine, place) => engine.ask("import", { files: [file(place, "two.csv")], resume: true }),
    act: "import",
  },
  {
    name: "import of small files",
    args: (place) => ["import", place.case, file(place, "small")],
    again: (engine, place) => engine.ask("import", { files: [file(place, "small")], resume: true }),
    act: "import",
    few: 2,
  },
  {
    name: "import of an archive",
    args: (place) => ["import", place.case, file(place, "logs.tgz")],
    again: (engine, place) => engine.ask("import", { files: [file(place, "logs.tgz")], resume: true }),
    act: "archive",
  },
  {
    name: "remap",
    args: (place) => ["remap", place.case, "1", "--timezone", "Asia/Tokyo"],
    again: (engine) => engine.ask("remap", { source: 1, timezone: "Asia/Tokyo" }),
    act: "remap",
  },
  {
    name: "withdraw",
    args: (place) => ["withdraw", place.case, "1", "--reason", "twice"],
    again: (engine) => engine.ask("withdraw", { source: 1, reason: "twice" }),
    act: "withdraw",
  },
  {
    name: "first question",
    args: (place) => ["query", place.case, "app:a1", "--count"],
    again: (engine) => engine.ask("query", { filter: "app:a1" }),
    isFirst: true,
  },
  {
    name: "tag",
    args: (place) => ["tag", place.case, "app:a2", "--add", "seen"],
    again: (engine) => engine.ask("tag", { filter: "app:a2", tag: "seen" }),
    act: "tag",
  },
  {
    name: "bundle",
    args: (place) => ["bundle", place.case, "--out", place.out, "--originals"],
    again: (engine, place) => engine.ask("bundle", { out: place.out, originals: true }),
    act: "seal",
    isWhole: async (out) => (await verify(out, {})).ok,
  },
  {
    name: "list of people",
    args: (place) => ["people", place.case, "app:a1", "--list", place.out],
    again: (engine, place) => engine.ask("peopleList", { filter: "app:a1", file: place.out }),
    act: "export",
    isWhole: async (out) => text(out).split("\n").length === 44,
  },
  {
    name: "export",
    args: (place) => ["query", place.case, "app:a1", "--out", place.out],
    again: (engine, place) => engine.ask("export", { filter: "app:a1", file: place.out, format: "jsonl" }),
    act: "export",
    isWhole: async (out) => text(out).split("\n").length === 44,
  },
  {
    name: "checkpoint",
    args: (place) => ["custody", place.case, "--checkpoint", place.out],
    again: (engine, place) => engine.ask("checkpoint", { file: place.out }),
    isWhole: async (out) => "head" in (JSON.parse(text(out)) as object),
  },
];

/** Those that decide something, or take it back. */
export const DECISIONS: readonly Command[] = [
  {
    name: "withdraw --restore",
    args: (place) => ["withdraw", place.case, "2", "--restore"],
    again: (engine) => engine.ask("restore", { source: 2, reason: "withdrawn by mistake" }),
    act: "restore",
  },
  {
    name: "registry",
    args: (place) => ["registry", place.case, file(place, "developers.csv")],
    again: (engine, place) => engine.ask("registry", { files: [file(place, "developers.csv")] }),
    act: "registry",
  },
  {
    name: "registry --take-back",
    args: (place) => ["registry", place.case, "--take-back", "1", "--reason", "wrong"],
    again: (engine) => engine.ask("takeBackRegistry", { n: 1, reason: "wrong" }),
    act: "registry",
  },
  {
    name: "policy",
    args: (place) => ["policy", place.case, file(place, "policy.json")],
    again: (engine, place) => engine.ask("policy", { file: file(place, "policy.json") }),
    act: "policy",
  },
  {
    name: "claims",
    args: (place) => ["claims", place.case, file(place, "claims.json")],
    again: (engine, place) => engine.ask("claims", { file: file(place, "claims.json") }),
    act: "claims",
  },
  {
    name: "finding",
    args: (place) => ["finding", place.case, "D1", "--confirm", "--reason", "seen"],
    again: (engine) => engine.ask("finding", { developer: "D1", disposition: "confirmed", reason: "seen" }),
    act: "finding",
  },
  {
    name: "received",
    args: (place) => [
      "received",
      place.case,
      "1",
      "--from",
      "A. Marsh",
      "--on",
      "2019-11-06",
      "--medium",
      "disk",
      "--method",
      "export",
    ],
    again: (engine) =>
      engine.ask("received", { source: 1, from: "A. Marsh", on: "2019-11-06", medium: "disk", method: "export" }),
    act: "received",
  },
  {
    name: "remedy with a file",
    args: (place) => [
      ...["remedy", place.case, "--add", "revoked", "--developer", "D1", "--on", "2019-11-06"],
      ...["--file", file(place, "apps.csv")],
    ],
    again: (engine, place) =>
      engine.ask("addSteps", {
        steps: [{ step: "revoked", developer: "D1", on: "2019-11-06" }],
        files: [file(place, "apps.csv")],
      }),
    act: "remedy",
  },
  {
    name: "clocks",
    args: (place) => ["clocks", place.case, "--regime", "gdpr"],
    again: (engine) => engine.ask("addRegimes", { regimes: ["gdpr"] }),
    act: "clocks",
  },
  {
    name: "a fact",
    args: (place) => ["clocks", place.case, "--set", "aware=2019-11-05T10:00Z", "--reason", "the ticket"],
    again: (engine) => engine.ask("setFact", { fact: "aware", time: "2019-11-05T10:00Z", reason: "the ticket" }),
    act: "fact",
  },
  {
    name: "registry --join",
    args: (place) => ["registry", place.case, "--join", "D1", "--into", "D2", "--reason", "one firm"],
    again: (engine) => engine.ask("joinDevelopers", { developer_id: "D1", into: "D2", reason: "one firm" }),
    act: "registry",
  },
  {
    name: "signer",
    args: (place) => ["signer", place.case, file(place, "key.pub"), "--reason", "a new key"],
    again: (engine, place) => engine.ask("signer", { file: file(place, "key.pub"), reason: "a new key" }),
    act: "signer",
  },
  {
    name: "review --apply",
    args: (place) => ["review", place.case, file(place, "o.review.json"), "--apply"],
    again: (engine, place) => engine.ask("takeReview", { file: file(place, "o.review.json") }),
    act: "review taken",
  },
  {
    name: "tag --remove with a note",
    args: (place) => ["tag", place.case, "app:a1", "--remove", "first", "--note", "gone"],
    again: (engine) => engine.ask("tag", { filter: "app:a1", tag: "first", remove: true, note: "gone" }),
    act: "untag",
  },
  {
    name: "undo",
    args: (place) => ["undo", place.case],
    again: (engine) => engine.ask("undo", {}),
    act: "undo",
  },
];
