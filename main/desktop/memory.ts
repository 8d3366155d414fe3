import path from "node:path";
import { SETTINGS } from "../../shared/desktop.ts";
import { PLACE } from "./bounds.ts";
import { JsonFile } from "./jsonfile.ts";
import { Recent } from "./recent.ts";

/** What this machine keeps from one start to the next; nothing of it is part of a case. */
export class Memory {
  readonly settings: JsonFile<typeof SETTINGS>;
  readonly recent: Recent;
  readonly place: JsonFile<ReturnType<typeof PLACE.optional>>;

  constructor(folder: string) {
    this.settings = new JsonFile(path.join(folder, "settings.json"), SETTINGS, SETTINGS.parse({}));
    this.recent = new Recent(path.join(folder, "recent.json"));
    this.place = new JsonFile(path.join(folder, "window.json"), PLACE.optional(), undefined);
  }
}
