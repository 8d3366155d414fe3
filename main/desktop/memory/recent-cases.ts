import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { CaseInfo } from "../../../shared/contract/case.ts";
import type { RecentCase } from "../../../shared/contract/desktop.ts";
import { JsonFile } from "./json-file.ts";

const MAX_RECENT_CASES = 20;

const CASES = z.array(z.object({ folder: z.string(), title: z.string(), opened: z.string(), events: z.number() }));

/** As a page is told it, but by its path. */
export type KnownCase = Omit<RecentCase, "folder"> & { readonly folder: string };

/** Not what is there and cannot be looked at: opening that says so. */
function isMissing(file: string): boolean {
  try {
    return fs.statSync(file, { throwIfNoEntry: false }) === undefined;
  } catch (error) {
    return (error as { code?: string }).code === "ENOTDIR";
  }
}

/** The cases that were open on this machine, the latest first. */
export class Recent {
  readonly #file: JsonFile<typeof CASES>;

  constructor(file: string) {
    this.#file = new JsonFile(file, CASES, []);
  }

  list(): KnownCase[] {
    return this.#file.value.map((each) => ({ ...each, missing: isMissing(path.join(each.folder, "case.db")) }));
  }

  note(info: CaseInfo): void {
    const entry = { folder: info.case, title: info.title, opened: new Date().toISOString(), events: info.events };
    this.#file.set([entry, ...this.#without(info.case)].slice(0, MAX_RECENT_CASES));
  }

  forget(folder: string): void {
    this.#file.set(this.#without(folder));
  }

  /** The case that was in one folder is in another now. */
  move(from: string, to: string): void {
    this.#file.set(
      this.#file.value
        .filter((each) => each.folder !== to)
        .map((each) => (each.folder === from ? { ...each, folder: to } : each)),
    );
  }

  #without(folder: string) {
    return this.#file.value.filter((each) => each.folder !== folder);
  }
}
