import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import { momentOf } from "../../../shared/base/moment.ts";
import {
  MAX_REVIEW_BYTES,
  REVIEW_FILE,
  type ReviewFile,
  type ReviewFileAct,
} from "../../../shared/model/accountability/review-file.ts";
import { MAX_REVIEW_CALLS } from "../../../shared/model/accountability/review-limits.ts";
import type { Case } from "../../case/case.ts";
import { checkedDocument, wrongDocument } from "../../case/documents.ts";
import { printable } from "../../platform/printable-name.ts";
import { sha256Of } from "../../platform/sha256.ts";
import { readText } from "../../platform/small-file.ts";
import { parsePublicKey } from "../signature/ssh-key.ts";
import { REVIEW_NAMESPACE, verifyMessage } from "../signature/ssh-signature.ts";
import type { Review, ReviewAct } from "./review.ts";

/** A signature is some 300 bytes; nothing of a stranger's is read beyond this. */
const MAX_SIGNATURE_BYTES = 1 << 16;

/**
 * A review file of a bundle that this case made. A file of the same name with `.sig` behind it is its signature.
 * @param signer text of the public key that must have signed it
 * @throws Refusal `review-wrong`, `key-wrong`, `file-missing` and the like
 */
export function readReview(caseFile: Case, file: string, signer?: string): Review {
  const name = path.basename(file);
  demandPlain(file, MAX_REVIEW_BYTES);
  const bytes = readText(file);
  const review = checkedDocument(bytes, file, "review-wrong", (value, words) => REVIEW_FILE.safeParse(value, words));
  const signedBy = signatureOf(file, bytes, signer);
  demandOwnBundle(caseFile, review, name);
  const calls = review.acts.reduce((sum, act) => sum + ("calls" in act ? (act.calls?.length ?? 0) : 0), 0);
  if (calls > MAX_REVIEW_CALLS)
    throw wrongDocument("review-wrong", name, `it names ${calls} calls, and a case takes ${MAX_REVIEW_CALLS} at once`);
  const moment = momentOf(review.at);
  if (!("from" in moment)) throw wrongDocument("review-wrong", name, `at: ${moment.what}`);
  return {
    kind: "review",
    file: name,
    sha256: sha256Of(bytes),
    bundle: review.bundle.name,
    tagmanifest: review.bundle.tagmanifest_sha256,
    author: review.author.trim(),
    at: moment.text,
    signedBy,
    acts: review.acts.map((act) => actOf(act, review.author.trim())),
    sourceHere: (source) => source,
  };
}

function actOf(act: ReviewFileAct, by: string): ReviewAct {
  if (act.act === "tag") return { act: "tag", calls: act.calls, text: act.tag.trim(), by };
  if (act.act === "comment" && act.calls !== undefined)
    return { act: "comment", calls: act.calls, text: act.text.trim(), by };
  return { act: act.act, finding: act.finding as NonNullable<typeof act.finding>, text: act.text.trim(), by };
}

/** A pipe or a device would be read for ever, and a file without end into memory. */
function demandPlain(file: string, most: number): void {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory()) return;
  const name = path.basename(file);
  if (!found.isFile())
    throw new Refusal("review-wrong", `${printable(name)} is no plain file`, "give the review file itself");
  if (found.size > most)
    throw new Refusal(
      "review-wrong",
      `${printable(name)} has ${found.size} bytes, and a review no more than ${most}`,
      "ask for a review file; nothing was changed",
    );
}

/** The key by which it is signed; undefined where there is no signature and none was asked for. */
function signatureOf(file: string, bytes: Buffer, signer: string | undefined): string | undefined {
  const wanted = signer === undefined ? undefined : parsePublicKey(signer);
  const name = printable(path.basename(file));
  const beside = `${file}.sig`;
  if (!fs.existsSync(beside)) {
    if (wanted === undefined) return undefined;
    throw new Refusal(
      "review-wrong",
      `${name} is not signed: there is no ${printable(path.basename(beside))} beside it`,
      "ask its author for the signature; nothing was changed",
    );
  }
  demandPlain(beside, MAX_SIGNATURE_BYTES);
  const verdict = verifyMessage(readText(beside).toString("latin1"), bytes, REVIEW_NAMESPACE);
  if (verdict.fault === "does not match")
    throw new Refusal(
      "review-wrong",
      `The review file ${name} was changed after it was signed`,
      "ask its author for it again; nothing was changed",
    );
  if (verdict.fault !== undefined)
    throw new Refusal(
      "review-wrong",
      `The signature of ${name} ${verdict.fault}`,
      `it is made with: ssh-keygen -Y sign -n ${REVIEW_NAMESPACE} -f KEY FILE`,
    );
  const { fingerprint } = verdict.key;
  if (wanted && wanted.fingerprint !== fingerprint)
    throw new Refusal(
      "review-wrong",
      `${name} is signed by another key, ${fingerprint}, not by the one given, ${wanted.fingerprint}`,
      "ask its author which key is theirs; nothing was changed",
    );
  return fingerprint;
}

/** A case knows its bundles by the tag manifests that it sealed. */
function demandOwnBundle({ db }: Case, { bundle }: ReviewFile, name: string): void {
  const sealed = db
    .prepare(
      `select json_extract(entry, '$.detail.name') from custody
       where json_extract(entry, '$.act') = 'seal' and json_extract(entry, '$.detail.tagmanifest_sha256') = ?`,
    )
    .pluck()
    .get(bundle.tagmanifest_sha256) as string | undefined;
  if (sealed === undefined)
    throw new Refusal(
      "review-wrong",
      `${printable(name)} is of bundle ${printable(bundle.name)}, which this case never made`,
      "give it to the case that made the bundle; nothing was changed",
    );
  if (sealed !== bundle.name)
    throw new Refusal(
      "review-wrong",
      `${printable(name)} calls its bundle ${printable(bundle.name)}, and the digest in it is that of ${printable(sealed)}`,
      "ask its author for it again; nothing was changed",
    );
}
