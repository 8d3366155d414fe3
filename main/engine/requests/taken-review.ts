import fs from "node:fs";
import path from "node:path";
import type { Review } from "../../bundle/review/review.ts";
import { readText } from "../../platform/small-file.ts";
import type { Session } from "../session/session.ts";

/** What was handed over, read: a bundle as a zip or folder, else a review file. @throws Refusal `review-wrong` and as files */
export async function handedOver({ caseFile }: Session, file: string, keyFile: string | undefined): Promise<Review> {
  const signer = keyFile === undefined ? undefined : readText(keyFile).toString("utf8");
  if (isBundle(file)) {
    const { readBundle } = await import("../../bundle/review/read-bundle.ts");
    return readBundle(caseFile, file, signer);
  }
  const { readReview } = await import("../../bundle/review/read-review.ts");
  return readReview(caseFile, file, signer);
}

/** A zip begins with its first local header (APPNOTE 4.3.7). */
function isBundle(file: string): boolean {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) return true;
  if (!found?.isFile()) return path.extname(file).toLowerCase() === ".zip";
  const descriptor = fs.openSync(file, "r");
  try {
    const start = Buffer.alloc(2);
    fs.readSync(descriptor, start);
    return start.toString("latin1") === "PK";
  } finally {
    fs.closeSync(descriptor);
  }
}
