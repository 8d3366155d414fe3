import fs from "node:fs";
import { Refusal } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { Progress } from "../../../shared/contract/contract.ts";

/**
 * Makes characters visible that control a terminal or change the reading direction: log text is data here too.
 */
export function inert(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => {
    const code = char.codePointAt(0) as number;
    return code <= 0xffff ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
  });
}

/** Writes everything before it returns, also into a slow pipe. A closed pipe ends the program quietly. */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(descriptor, bytes, at);
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === "EAGAIN") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      else if (code === "EPIPE") process.exit(0);
      else if (code === undefined) throw error;
      else throw refused(code, error);
    }
  }
}

/** The answer goes where nothing more can be written: a full disk, a lost terminal. */
const refused = (code: string, cause: unknown): Refusal =>
  new Refusal(
    code === "ENOSPC" ? "disk-full" : "out-unwritable",
    `The answer could not be written to the end (${code})`,
    "make room where it goes, and ask again",
    { cause },
  );

/** Where a command says what it did: stdout for the answer, stderr for progress and refusals. */
export class Output {
  readonly isJson: boolean;
  readonly isTerminal = process.stdout.isTTY === true;
  #shown = 0;
  #bar = false;

  constructor(isJson: boolean) {
    this.isJson = isJson;
  }

  /** The one JSON document. */
  json(document: unknown): void {
    this.raw(`${JSON.stringify(document, undefined, this.isTerminal ? 2 : undefined)}\n`);
  }

  raw(text: string): void {
    this.#clearBar();
    writeAll(1, text);
  }

  line(text = ""): void {
    this.raw(`${text}\n`);
  }

  /** Columns as wide as their widest cell; the last one as long as it is. Numbers are set right. Cells may hold log text. */
  table(header: readonly string[], rows: readonly (readonly string[])[]): void {
    const wide = this.isTerminal ? Math.max(40, process.stdout.columns ?? 100) : Number.POSITIVE_INFINITY;
    const cells = [header, ...rows].map((row) => row.map((cell) => inert(cell)));
    const width = header.map((_, column) =>
      Math.min(48, Math.max(...cells.map((row) => [...(row[column] ?? "")].length))),
    );
    const right = header.map(
      (_, column) => rows.length > 0 && rows.every((row) => /^[\d,.]*$/u.test(row[column] ?? "")),
    );
    const lines = cells.map((row) =>
      row
        .map((cell, column) => {
          const last = column === row.length - 1;
          const shown =
            [...cell].length > (width[column] as number) && !last
              ? `${[...cell].slice(0, (width[column] as number) - 1).join("")}…`
              : cell;
          const pad = " ".repeat(Math.max(0, (width[column] as number) - [...shown].length));
          return right[column] ? pad + shown : last ? shown : shown + pad;
        })
        .join("  ")
        .trimEnd(),
    );
    for (const line of lines) this.line([...line].length > wide ? `${[...line].slice(0, wide - 1).join("")}…` : line);
  }

  /** A bar on a terminal, a line now and then elsewhere. */
  progress(progress: Progress): void {
    const now = Date.now();
    const isBar = process.stderr.isTTY === true;
    if (now - this.#shown < (isBar ? 100 : 5000)) return;
    if (this.#shown === 0 && !isBar) {
      this.#shown = now;
      return;
    }
    this.#shown = now;
    const share = progress.total ? Math.min(1, progress.done / progress.total) : undefined;
    const parts = [inert(progress.what)];
    if (share !== undefined) parts.push(`${Math.floor(share * 100)} %`);
    if (progress.records !== undefined) parts.push(`${figure(progress.records)} records`);
    if (progress.per_second !== undefined) parts.push(`${figure(progress.per_second)}/s`);
    if (progress.seconds_left !== undefined) parts.push(`${timeLeft(progress.seconds_left)} left`);
    if (!isBar) {
      writeAll(2, `${parts.join(", ")}\n`);
      return;
    }
    const filled = Math.round((share ?? 0) * 24);
    writeAll(
      2,
      `\r\u001b[K[${"#".repeat(filled)}${".".repeat(24 - filled)}] ${parts.join(", ")}`.slice(
        0,
        (process.stderr.columns ?? 100) + 4,
      ),
    );
    this.#bar = true;
  }

  #clearBar(): void {
    if (this.#bar) writeAll(2, "\r\u001b[K");
    this.#bar = false;
  }

  /** `exhibit: what happened: what to do` */
  refuse(what: string, todo: string): void {
    this.#clearBar();
    writeAll(2, `exhibit: ${inert(what)}: ${inert(todo)}\n`);
  }

  note(text: string): void {
    this.#clearBar();
    writeAll(2, `${inert(text)}\n`);
  }
}

export const timeLeft = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

/** "2.1 GB": bytes in the units that disks are sold by. */
export function sizeText(bytes: number): string {
  for (const [unit, size] of [
    ["GB", 1e9],
    ["MB", 1e6],
    ["kB", 1e3],
  ] as const)
    if (bytes >= size) return `${(bytes / size).toFixed(bytes < size * 10 ? 1 : 0)} ${unit}`;
  return `${bytes} bytes`;
}
