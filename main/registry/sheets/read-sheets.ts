import { Refusal } from "../../../shared/base/errors.ts";
import { packingOf } from "../../evidence/packing.ts";
import { sniffEncoding } from "../../intake/detect/sniff-encoding.ts";
import { decodeText } from "../../platform/encodings/encoding.ts";
import { readCsv } from "./csv.ts";
import { readJson } from "./json.ts";
import type { HeaderScore, Sheets } from "./sheet.ts";
import { readXlsx } from "./xlsx.ts";

/** Bytes by which an encoding is told. */
const SAMPLE_BYTES = 1 << 20;
/** Below it, nothing that the bytes could be is likely. */
const MIN_CONFIDENCE = 0.5;
/** OLE2: workbooks of Excel up to 2003, and encrypted ones of any year. */
const OLE2 = "d0cf11e0a1b11ae1";

/**
 * The tables of a file, by its content and never by its name: XLSX, JSON, else CSV in any of the encodings of logs.
 * @throws Refusal `registry-wrong`, `file-unreadable`, `archive-limit`
 */
export async function readSheets(bytes: Buffer, file: string, score: HeaderScore): Promise<Sheets> {
  const packing = packingOf(bytes);
  if (packing === "zip") return { sheets: await readXlsx(bytes, file) };
  if (packing !== undefined) throw unread(file, `is packed (${packing})`, "unpack it");
  if (bytes.toString("hex", 0, 8) === OLE2)
    throw unread(
      file,
      "is a workbook of an old Excel, or an encrypted one",
      "save it as XLSX without a password, or as CSV",
    );
  const { value: encoding, confidence } = sniffEncoding(bytes.subarray(0, SAMPLE_BYTES));
  const text = decodeText(bytes, encoding).replace(/^\uFEFF/u, "");
  if (confidence < MIN_CONFIDENCE && text.includes("\uFFFD"))
    throw unread(file, "has characters whose encoding cannot be told", "save it as UTF-8");
  if (text.includes("\u0000")) throw unread(file, "is no text", "give CSV, JSON or XLSX");
  if (/^\s*</u.test(text)) throw unread(file, "is HTML or XML", "save it as CSV, JSON or XLSX");
  if (!/^\s*[[{]/u.test(text)) return { encoding, sheets: [readCsv(text, file, score)] };
  return { encoding, ...readJson(text, file) };
}

const unread = (file: string, what: string, todo: string) => new Refusal("registry-wrong", `${file} ${what}`, todo);
