import fs from "node:fs";
import path from "node:path";
import type { z } from "zod";

/** A small JSON document that this machine keeps. It is read once and written whole; if it cannot be read, it starts empty. */
export class JsonFile<Schema extends z.ZodType> {
  readonly #file: string;
  #value: z.output<Schema>;

  constructor(file: string, schema: Schema, fallback: z.output<Schema>) {
    this.#file = file;
    this.#value = schema.safeParse(read(file)).data ?? fallback;
  }

  get value(): z.output<Schema> {
    return this.#value;
  }

  /** Never fails: losing a habit must not stop the work. */
  set(value: z.output<Schema>): void {
    this.#value = value;
    const part = `${this.#file}.part`;
    try {
      fs.mkdirSync(path.dirname(this.#file), { recursive: true });
      fs.writeFileSync(part, JSON.stringify(value, undefined, 2));
      fs.renameSync(part, this.#file);
    } catch (error) {
      console.error(`exhibit: ${this.#file} could not be written (${(error as Error).message})`);
    }
  }
}

function read(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
