import type { ReviewedCall, ReviewedFinding, ReviewFileAct } from "../../shared/model/accountability/review-file.ts";

/** One thing that a reader said: of a finding, or of one call. */
export type Remark =
  | { readonly act: "confirm" | "dispute"; readonly finding: ReviewedFinding; readonly text: string }
  | { readonly act: "comment"; readonly finding: ReviewedFinding; readonly text: string }
  | { readonly act: "comment"; readonly call: ReviewedCall; readonly text: string }
  | { readonly act: "tag"; readonly call: ReviewedCall; readonly text: string };

export type Target = { readonly finding: ReviewedFinding } | { readonly call: ReviewedCall };

/** Whether a remark is on this finding, or on this call. */
function isOn(remark: Remark, target: Target): boolean {
  if ("finding" in target)
    return (
      "finding" in remark &&
      remark.finding.rule === target.finding.rule &&
      remark.finding.developer_id === target.finding.developer_id
    );
  return "call" in remark && remark.call.event === target.call.event;
}

/** What a reader of the bundle says of it. It is kept nowhere but here, until it is saved as a file. */
export class Remarks {
  readonly #all: Remark[] = [];
  #told: (() => boolean | undefined)[] = [];
  isSaved = true;

  /** `tell` is called after every change, until it says that nobody sees it any more. */
  onChange(tell: () => boolean | undefined): void {
    this.#told.push(tell);
  }

  get all(): readonly Remark[] {
    return this.#all;
  }

  on(target: Target): Remark[] {
    return this.#all.filter((each) => isOn(each, target));
  }

  add(remark: Remark): void {
    this.#all.push(remark);
    this.#tell(false);
  }

  /** Undefined takes the last one back. False where there is none. */
  takeBack(remark = this.#all.at(-1)): boolean {
    const at = remark === undefined ? -1 : this.#all.indexOf(remark);
    if (at < 0) return false;
    this.#all.splice(at, 1);
    this.#tell(this.#all.length === 0);
    return true;
  }

  /** They were handed to the browser as a file. */
  saved(): void {
    this.#tell(true);
  }

  #tell(isSaved: boolean): void {
    this.isSaved = isSaved;
    this.#told = this.#told.filter((tell) => tell() !== false);
  }

  /** As the file has them: one act for all calls of a tag. */
  acts(): ReviewFileAct[] {
    const acts: ReviewFileAct[] = [];
    const tagged = new Map<string, ReviewedCall[]>();
    for (const remark of this.#all) {
      if (remark.act === "tag") {
        const calls = tagged.get(remark.text);
        if (calls) calls.push(remark.call);
        else {
          const own = [remark.call];
          tagged.set(remark.text, own);
          acts.push({ act: "tag", calls: own, tag: remark.text });
        }
      } else if ("call" in remark) acts.push({ act: "comment", calls: [remark.call], text: remark.text });
      else acts.push(remark);
    }
    return acts;
  }
}
