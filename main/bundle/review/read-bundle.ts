import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import { fold } from "../../../shared/filter/match.ts";
import type { ReviewedCall } from "../../../shared/model/accountability/review-file.ts";
import { MAX_REVIEW_ACTS } from "../../../shared/model/accountability/review-limits.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import type { Case } from "../../case/case.ts";
import type { CustodyEntry } from "../../custody/append.ts";
import { printable } from "../../platform/printable-name.ts";
import { sha256Of } from "../../platform/sha256.ts";
import { readAll } from "../bag/bag-files.ts";
import { SIGNATURE, TAG_MANIFEST } from "../bag/bag-layout.ts";
import { type Bag, MAX_TAG_FILE_BYTES } from "../bag/load-bag.ts";
import type { SourceRecord } from "../contents/source-records.ts";
import { keyOfSignature } from "../signature/ssh-signature.ts";
import { openBag } from "../verify/bag/open-bag.ts";
import { bundleContents, isHidden, openActs } from "../verify/extract/bundle-contents.ts";
import { readLines } from "../verify/extract/read-extract.ts";
import { verify } from "../verify/verify.ts";
import type { Review, ReviewAct } from "./review.ts";

/**
 * A bundle read like a review: its decisions, remarks, tags and notes, to be taken into another case. It is verified first;
 * what is not intact says nothing.
 * @param signer text of the public key that must have signed it
 * @throws Refusal `review-wrong`, `bundle-missing`, `key-wrong`
 */
export async function readBundle(caseFile: Case, target: string, signer?: string): Promise<Review> {
  const name = path.basename(target);
  const { checks } = await verify(target, signer === undefined ? {} : { signer });
  const wrong = checks.filter(({ ok }) => ok === false);
  if (wrong.length > 0)
    throw new Refusal(
      "review-wrong",
      `${printable(name)} is not intact (${wrong.map(({ check }) => check).join(", ")})`,
      "see what is wrong with `exhibit verify`, and ask for it again; nothing was changed",
    );
  const { bag, close } = await openBag(target);
  try {
    if (!bag?.exhibit)
      throw new Refusal(
        "review-wrong",
        `${printable(name)} is not an Exhibit bundle`,
        "give a bundle or a review file",
      );
    const { about, acts, sources } = await bundleContents(bag);
    const told = openActs(acts);
    const manifest = sha256Of(await readAll(bag.files, TAG_MANIFEST, MAX_TAG_FILE_BYTES));
    const read: ReviewAct[] = [
      ...about.decisions
        .filter((decision) => !isHidden(decision))
        .map(
          ({ rule, developer_id, disposition, reason, by }): ReviewAct => ({
            act: "decide",
            finding: { rule, developer_id },
            disposition,
            text: reason,
            by,
          }),
        ),
      ...told.flatMap(remarkOf),
      ...(await labelsOf(bag, told, about.made_by)),
    ];
    if (read.length > MAX_REVIEW_ACTS)
      throw new Refusal(
        "review-wrong",
        `${printable(name)} holds ${read.length} decisions, remarks, tags and notes, and a case takes ${MAX_REVIEW_ACTS} at once`,
        "import its originals instead",
      );
    const here = sourcesHere(caseFile, sources);
    return {
      kind: "bundle",
      file: name,
      sha256: manifest,
      bundle: about.name,
      tagmanifest: manifest,
      author: about.made_by,
      at: about.at,
      signedBy: bag.files.sizes.has(SIGNATURE)
        ? keyOfSignature((await readAll(bag.files, SIGNATURE, 1 << 16)).toString("latin1"))?.fingerprint
        : undefined,
      acts: read,
      sourceHere: (source) => here.get(source),
    };
  } finally {
    await close();
  }
}

const REMARKS = { agrees: "confirm", objects: "dispute", comments: "comment" } as const;

/** What a second examiner said of a finding stands in custody alone. */
function remarkOf({ act, by, detail }: CustodyEntry): ReviewAct[] {
  if (act !== "review" || isHidden(detail)) return [];
  const said = REMARKS[detail.stance as keyof typeof REMARKS];
  const finding = { rule: String(detail.rule), developer_id: String(detail.developer) };
  return said === undefined ? [] : [{ act: said, finding, text: String(detail.reason), by }];
}

/** Tags and notes, each once with all its calls, under the name of who put it there last. */
async function labelsOf(bag: Bag, acts: readonly CustodyEntry[], madeBy: string): Promise<ReviewAct[]> {
  const labels = new Map<string, { act: "tag" | "comment"; text: string; calls: ReviewedCall[] }>();
  const put = (act: "tag" | "comment", text: string, call: ReviewedCall) => {
    const key = `${act} ${act === "tag" ? fold(text) : text}`;
    const label = labels.get(key);
    if (label) label.calls.push(call);
    else labels.set(key, { act, text, calls: [call] });
  };
  let event = 0;
  for await (const line of readLines(bag, "events.jsonl")) {
    if (line === "") continue;
    event += 1;
    const { source, line: at, offset, part, tags = [], notes = [] } = JSON.parse(line) as EventRecord;
    const call = { event, source, line: at, offset, ...(part !== undefined && { part }) };
    for (const tag of tags) put("tag", tag, call);
    for (const note of new Set(notes)) if (!isHidden(note)) put("comment", note, call);
  }
  const by = (kind: "tag" | "note", text: string) =>
    acts.findLast(({ detail }) =>
      kind === "tag" ? typeof detail.tag === "string" && fold(detail.tag) === fold(text) : detail.note === text,
    )?.by ?? madeBy;
  return [...labels.values()].map((label) => ({ ...label, by: by(label.act === "tag" ? "tag" : "note", label.text) }));
}

/** The same log is the same bytes, and in an archive the same member of it. */
function sourcesHere({ db }: Case, sources: readonly SourceRecord[]): Map<number, number> {
  const find = db
    .prepare("select id from source where state = 'complete' and sha256 = ? and coalesce(member, '') = ? order by id")
    .pluck();
  return new Map(
    sources.flatMap(({ source, sha256, member = "" }) => {
      const here = find.get(sha256, member) as number | undefined;
      return here === undefined ? [] : [[source, here] as const];
    }),
  );
}
