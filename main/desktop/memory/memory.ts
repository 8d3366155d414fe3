import path from "node:path";
import { z } from "zod";
import { SAVED_MAPPING, SETTINGS } from "../../../shared/contract/desktop.ts";
import { JsonFile } from "./json-file.ts";
import { Recent } from "./recent-cases.ts";
import { WINDOW_BOUNDS } from "./window-bounds.ts";

const MAPPINGS = z.array(SAVED_MAPPING);

/** What this machine keeps from one start to the next; nothing of it is part of a case. */
export class Memory {
  readonly settings: JsonFile<typeof SETTINGS>;
  readonly recent: Recent;
  readonly mappings: JsonFile<typeof MAPPINGS>;
  readonly bounds: JsonFile<ReturnType<typeof WINDOW_BOUNDS.optional>>;

  constructor(folder: string) {
    this.settings = new JsonFile(path.join(folder, "settings.json"), SETTINGS, SETTINGS.parse({}));
    this.recent = new Recent(path.join(folder, "recent.json"));
    this.mappings = new JsonFile(path.join(folder, "mappings.json"), MAPPINGS, []);
    this.bounds = new JsonFile(path.join(folder, "window.json"), WINDOW_BOUNDS.optional(), undefined);
  }
}
