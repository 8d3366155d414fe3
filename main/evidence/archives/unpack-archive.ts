import fs from "node:fs";
import { Refusal } from "../../../shared/base/errors.ts";
import type { LeftOut } from "../../../shared/model/source.ts";
import type { Original } from "../../platform/byte-source.ts";
import { openFile, sliceOf } from "../../platform/byte-source.ts";
import { wholeBytes, writeBlocks } from "../block-file.ts";
import { makeContent } from "../make-content.ts";
import { packingOf, SIGNATURE_BYTES, type Slice, type Step } from "../packing.ts";
import { blocksFile, type Entry, openCopy, type Store } from "../unpack-steps.ts";
import { UnreadWorkbook } from "../unread-workbook.ts";
import { Allowance } from "./limits.ts";
import { isJunk, plainName, unsafeNameReason } from "./member-names.ts";
import { tarEntries } from "./tar-entries.ts";
import { findSheets, type Sheets } from "./workbook-sheets.ts";
import { zipEntries } from "./zip-entries.ts";

/** A file inside an archive; `path` is empty where the archive is one compressed file. */
export interface Member {
  readonly path: string;
  readonly steps: readonly Step[];
  /** Unpacked. */
  readonly bytes: number;
  /** Its own date, where the archive says one: microseconds. */
  readonly written?: number | undefined;
  /** What it is packed in, from outside in: `gzip+tar`. */
  readonly compression: string;
}

export interface Contents {
  readonly members: readonly Member[];
  readonly leftOut: readonly LeftOut[];
}

export interface WalkOrder {
  readonly file: string;
  /** What people call it. */
  readonly name: string;
  readonly store: Store;
}

/**
 * Unpacks an archive to its last file, each once and into the store, and says what is in it. Nothing is ever written under
 * a name from inside. `report` receives the number of unpacked bytes.
 * @throws Refusal `archive-limit`, `file-truncated`, `file-unreadable`
 */
export async function walkArchive(order: WalkOrder, report: (bytes: number) => void): Promise<Contents> {
  fs.mkdirSync(order.store.folder, { recursive: true });
  const walk = new Walk(order, report);
  const original = openFile(order.file);
  try {
    await walk.into(original, { path: "", steps: [], bytes: original.bytes, compression: "" }, order.name, 0);
  } finally {
    original.close();
  }
  return walk;
}

/** Why a content inside is not read, where the file as a whole is. */
const whyOf = (error: Refusal): string =>
  error instanceof UnreadWorkbook ? error.why : error.code === "file-truncated" ? "it breaks off" : "it is damaged";

class Walk implements Contents {
  readonly members: Member[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly #order: WalkOrder;
  readonly #allowance: Allowance;
  readonly #report: (bytes: number) => void;
  /** Paths given away, with how often more of the same name came. */
  readonly #paths = new Map<string, number>();
  #unpacked = 0;

  constructor(order: WalkOrder, report: (bytes: number) => void) {
    this.#order = order;
    this.#report = report;
    this.#allowance = new Allowance(order.name, fs.statSync(order.file).size);
  }

  /** Goes on inside what is packed, and keeps what is not. `original` is open on the member and stays so. */
  async into(original: Original, member: Member, name: string, depth: number): Promise<void> {
    const packing = packingOf(original.read(0, SIGNATURE_BYTES));
    if (packing === undefined) {
      this.#keep(member);
      return;
    }
    this.#allowance.layer(depth + 1);
    const compression = member.compression === "" ? packing : `${member.compression}+${packing}`;
    if (packing === "tar") {
      for (const entry of tarEntries(original, name)) {
        this.#allowance.member();
        await this.#entry(original, entry, { ...member, compression }, depth);
      }
    } else if (packing === "zip") {
      const entries = await zipEntries(original, name, this.#allowance);
      const sheets = findSheets(original, entries, name);
      if (sheets) await this.#workbook(original, sheets, member);
      for (const entry of sheets?.others ?? entries)
        await this.#entry(original, entry, { ...member, compression }, depth);
    } else {
      const steps = [...member.steps, { kind: packing }];
      await this.#unpack(original, steps, name);
      await this.#inside({ ...member, steps, compression }, name, depth);
    }
  }

  /** Each visible sheet of a workbook is a content of its own, under its name. */
  async #workbook(workbook: Original, { kind, sheets }: Sheets, outer: Member): Promise<void> {
    const compression = outer.compression === "" ? kind : `${outer.compression}+${kind}`;
    for (const { name, step } of sheets) {
      const path = this.#pathOf(outer.path, name);
      if (step === undefined) {
        this.#leave(path, "it is a hidden sheet: show it and save the workbook if it is a log");
        continue;
      }
      const steps = [...outer.steps, step];
      try {
        await this.#unpack(workbook, steps, `${this.#order.name} › ${path}`);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code === "archive-limit") throw error;
        this.#refuse(path, whyOf(error));
        continue;
      }
      const made = openCopy(blocksFile(this.#order.store, steps));
      made.close();
      this.#keep({ ...outer, path, steps, bytes: made.bytes, compression });
    }
  }

  async #entry(archive: Original, entry: Entry, outer: Member, depth: number): Promise<void> {
    const path = this.#pathOf(outer.path, plainName(entry.path));
    const name = `${this.#order.name} › ${path}`;
    if (isJunk(path)) return this.#leave(path, "left behind by a file manager");
    const harm = unsafeNameReason(entry.path);
    if (harm !== undefined) return this.#refuse(path, harm);
    if ("unread" in entry) return this.#refuse(path, entry.unread);
    const steps = [...outer.steps, ...entry.steps];
    try {
      if (steps.at(-1)?.kind !== "slice") {
        const [slice] = entry.steps as [Slice];
        await this.#unpack(sliceOf(archive, slice), steps, name);
      }
      await this.#inside(
        { path, steps, bytes: entry.bytes, written: entry.written, compression: outer.compression },
        name,
        depth,
        archive,
      );
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === "archive-limit") throw error;
      this.#refuse(path, whyOf(error));
    }
  }

  /** Opens a member, from its unpacked copy or as a slice of its archive, and unpacks what is inside. */
  async #inside(member: Member, name: string, depth: number, archive?: Original): Promise<void> {
    const last = member.steps.at(-1) as Step;
    const original =
      last.kind === "slice" && archive ? sliceOf(archive, last) : openCopy(blocksFile(this.#order.store, member.steps));
    try {
      await this.into(original, { ...member, bytes: original.bytes }, name, depth + 1);
    } finally {
      original.close();
    }
  }

  async #unpack(packed: Original, steps: readonly Step[], name: string): Promise<void> {
    const target = blocksFile(this.#order.store, steps);
    const made = wholeBytes(target);
    if (made !== undefined) return this.#allowance.unpack(made);
    const step = steps.at(-1) as Exclude<Step, Slice>;
    if (step.kind !== "sheet") this.#allowance.foresee(step.bytes ?? 0);
    await writeBlocks(
      makeContent(packed, step, name, (bytes) => {
        this.#allowance.unpack(bytes);
        this.#unpacked += bytes;
        this.#report(this.#unpacked);
      }),
      target,
    );
  }

  /** The path inside the given file. Where an archive names two files alike, both are there, and the later one is told apart. */
  #pathOf(outer: string, inner: string): string {
    const path = outer === "" ? inner : `${outer}/${inner}`;
    let number = this.#paths.get(path) ?? 0;
    let free = path;
    // The count goes on from the last of that name. A hundred thousand files of one name would else take quadratic time.
    while (this.#paths.has(free)) free = `${path} (${++number + 1})`;
    this.#paths.set(path, number);
    this.#paths.set(free, 0);
    return free;
  }

  #keep(member: Member): void {
    if (member.bytes === 0) this.#leave(member.path, "it is empty");
    else this.members.push(member);
  }

  #leave(member: string, why: string): void {
    this.leftOut.push({ file: this.#order.name, ...(member === "" ? {} : { member }), why });
  }

  #refuse(member: string, why: string): void {
    this.leftOut.push({ file: this.#order.name, member, why, refused: true });
  }
}
