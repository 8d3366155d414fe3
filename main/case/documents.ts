import path from "node:path";
import type { ZodError } from "zod";
import { type ErrorCode, Refusal } from "../../shared/base/errors.ts";
import { record, timeOfAct } from "../custody/append.ts";
import { rowDigests } from "../custody/row-digests.ts";
import { sha256Of } from "../platform/sha256.ts";
import { type JsonFault, parseUserJson } from "../platform/user-json.ts";
import type { Case } from "./case.ts";
import { inWords } from "./schema-words.ts";

/** Files in JSON that people wrote and the case holds word for word. The last one of a kind is in force. */
export type DocumentKind = "policy" | "claims" | "clocks";

/** Takes a document that was checked into force, with its act. */
export function keepDocument(
  caseFile: Case,
  kind: DocumentKind,
  name: string,
  bytes: Buffer,
  detail: Record<string, unknown>,
  by?: string,
): void {
  const sha256 = sha256Of(bytes);
  caseFile.db.transaction(() => {
    const id = caseFile.db
      .prepare(`insert into ${kind} (name, sha256, document, at) values (?, ?, ?, ?)`)
      .run(name, sha256, bytes.toString("utf8"), timeOfAct(caseFile).at).lastInsertRowid as number;
    record(caseFile, kind, { file: name, sha256, ...detail, digests: rowDigests(caseFile.db, { [kind]: [id] }) }, by);
  })();
}

/** The document in force, word for word as it was given. */
export const latestDocument = (caseFile: Case, kind: DocumentKind): string | undefined =>
  caseFile.db.prepare(`select document from ${kind} order by id desc limit 1`).pluck().get() as string | undefined;

/** A document that was checked when it came in. */
export const parseDocument = (text: string): unknown => JSON.parse(text.replace(/^\uFEFF/u, ""));

export const wrongDocument = (code: ErrorCode, name: string, why: string) =>
  new Refusal(code, `${name}: ${why}`, "correct it and give it again; nothing was changed");

/** What a schema is given, so that it says what is wrong in words. */
interface Words {
  readonly error: typeof inWords;
}

/** What a file in JSON says, of the form that `check` wants. @throws Refusal of the code, naming the first fault and the path to it */
export function checkedDocument<T>(
  bytes: Buffer,
  file: string,
  code: ErrorCode,
  check: (value: unknown, words: Words) => { success: true; data: T } | { success: false; error: ZodError },
): T {
  const name = path.basename(file);
  let value: unknown;
  try {
    value = parseUserJson(bytes.toString("utf8"));
  } catch (error) {
    throw wrongDocument(code, name, `it ${(error as JsonFault).message}`);
  }
  const result = check(value, { error: inWords });
  if (!result.success) throw wrongDocument(code, name, schemaFault(result.error));
  return result.data;
}

/** The first fault of a document, by the path to it. */
function schemaFault(error: ZodError): string {
  // A key that is none explains best why another is missing.
  const issue = error.issues.find((each) => each.code === "unrecognized_keys") ?? error.issues[0];
  if (!issue) return "it is not of the form that is expected";
  const where = issue.path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./u, "");
  if (issue.code === "unrecognized_keys")
    return `${where ? `${where}: ` : ""}unknown key ${issue.keys.map((key) => `"${key}"`).join(", ")}`;
  return `${where || "the document"}: ${issue.message}`;
}
