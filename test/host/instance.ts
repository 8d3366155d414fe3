import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** What a second process tells the first. */
export interface Knock {
  argv: string[];
  workingDirectory: string;
  additionalData: unknown;
}

/**
 * One instance to a user data folder. Electron's call is synchronous, so this is all files: `owner` holds the first
 * process's id, later ones drop a message beside it, which the first watches for.
 */
export class InstanceLock {
  readonly #folder: string;
  #watcher: fs.FSWatcher | undefined;

  constructor(userData: string) {
    this.#folder = path.join(userData, "instance");
  }

  /** True if this process is now the one; false if another is, which has then been told. */
  request(knock: Knock, onKnock: (knock: Knock) => void): boolean {
    if (this.#watcher) return true;
    fs.mkdirSync(this.#folder, { recursive: true });
    for (;;) {
      if (this.#claim()) break;
      const owner = this.#owner();
      if (owner !== undefined && isAlive(owner)) {
        this.#tell(knock);
        return false;
      }
      fs.rmSync(this.#file("owner"), { force: true }); // its process died without cleaning up
    }
    this.#watcher = fs.watch(this.#folder, () => this.#collect(onKnock));
    this.#collect(onKnock);
    return true;
  }

  release(): void {
    if (!this.#watcher) return;
    this.#watcher.close();
    this.#watcher = undefined;
    fs.rmSync(this.#file("owner"), { force: true });
  }

  #file(name: string): string {
    return path.join(this.#folder, name);
  }

  #claim(): boolean {
    try {
      fs.writeFileSync(this.#file("owner"), String(process.pid), { flag: "wx" });
      return true;
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw e;
    }
  }

  #owner(): number | undefined {
    try {
      return Number(fs.readFileSync(this.#file("owner"), "utf8")) || undefined;
    } catch {
      return undefined; // released between two looks
    }
  }

  #tell(knock: Knock): void {
    const name = this.#file(randomUUID());
    fs.writeFileSync(`${name}.part`, JSON.stringify(knock));
    fs.renameSync(`${name}.part`, `${name}.json`);
  }

  #collect(onKnock: (knock: Knock) => void): void {
    for (const name of fs.readdirSync(this.#folder).filter((n) => n.endsWith(".json"))) {
      const knock = JSON.parse(fs.readFileSync(this.#file(name), "utf8")) as Knock;
      fs.rmSync(this.#file(name));
      onKnock(knock);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === "EPERM";
  }
}
