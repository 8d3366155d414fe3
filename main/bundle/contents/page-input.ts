import type { ClocksReport } from "../../../shared/model/accountability/due-clock.ts";
import type { Remedy } from "../../../shared/model/accountability/remedy.ts";
import type { Sensitivity } from "../../../shared/model/accountability/sensitivity.ts";
import type { ClaimResult, Findings } from "../../../shared/model/finding.ts";
import type { Policy } from "../../../shared/model/policy.ts";
import type { JoinedDeveloper } from "../../../shared/model/registry.ts";
import type { CustodyEntry } from "../../custody/append.ts";
import { hasEvents, type Lane } from "../../findings/coverage/coverage.ts";
import { policyOf } from "../../findings/rules/policy.ts";
import { recordsOfStart } from "../../platform/csv-cells.ts";
import { namingAct, type SignerAct, signerNamed } from "../signature/named-signer.ts";
import type { PublicKey } from "../signature/ssh-key.ts";
import type { BundleDocument } from "./bundle-record.ts";
import { type ExampleLine, exampleLines } from "./example-lines.ts";
import { readHours } from "./hourly-counts.ts";
import type { SourceRecord } from "./source-records.ts";

/** So much of events.csv goes into the tables for a spreadsheet: some ten thousand calls. */
const FIRST_CALLS_BYTES = 4 << 20;
export type PageAct = Pick<CustodyEntry, "seq" | "at" | "act"> & Partial<Pick<CustodyEntry, "by" | "detail">>;

/** All that the pages of a bundle are made from: what its extract holds, and the key it is signed with. */
export interface PageInput {
  readonly about: BundleDocument;
  readonly findings: Findings;
  readonly claims: readonly ClaimResult[];
  readonly remedy: Remedy | undefined;
  /** Absent in bundles of versions that knew none, as is what would move the numbers. */
  readonly clocks: ClocksReport | undefined;
  readonly sensitivity: Sensitivity | undefined;
  /** The first records of events.csv, as they are written, its header in front. */
  readonly firstCalls: readonly string[];
  readonly sources: readonly SourceRecord[];
  /** For each rule a call as it stands in its log, where one is at hand. */
  readonly examples: readonly ExampleLine[];
  /** Events by hour of each source and API, known to the hour. */
  readonly lanes: readonly Lane[];
  readonly policy: Policy | undefined;
  /** Custody; in a dossier those that name others have no more than their number, time and name. */
  readonly acts: readonly PageAct[];
  /** Developers that were joined by hand, as the registry of the bundle has them. */
  readonly joined: readonly JoinedDeveloper[];
  /** Absent: the bundle is unsigned. */
  readonly key: PublicKey | undefined;
  /** The key that custody names for the case's bundles, and the act that does. */
  readonly signer: SignerAct | undefined;
}

/**
 * Reads it from the extract, when the pages are made as when they are checked: so nothing can stand in a page that the
 * extract does not give.
 * @param read gives the text of a file in `data/extract/`, or at most so many bytes of its beginning
 */
export async function pageInput(
  read: (name: string, most?: number) => string | Promise<string>,
  key: PublicKey | undefined,
): Promise<PageInput> {
  const json = async <T>(name: string): Promise<T> => {
    try {
      return JSON.parse(await read(name)) as T;
    } catch (error) {
      throw new Error(`${name} cannot be read: ${(error as Error).message}`);
    }
  };
  const acts = (await read("custody.jsonl"))
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [JSON.parse(line) as PageAct]));
  // The registry may be large, and most have no join: only its acts tell whether there may be one.
  const mayBeJoined = acts.some(({ act, detail }) => act === "registry" && (!detail || "joined" in detail));
  const { joined = [] } = mayBeJoined ? await json<{ joined?: JoinedDeveloper[] }>("registry.json") : {};
  const firstCalls = recordsOfStart(await read("events.csv", FIRST_CALLS_BYTES));
  const { sources } = await json<{ sources: SourceRecord[] }>("sources.json");
  return {
    about: await json<BundleDocument>("bundle.json"),
    findings: await json<Findings>("findings.json"),
    claims: (await json<{ claims: ClaimResult[] }>("claims.json")).claims,
    remedy: await json<Remedy>("remedy.json").catch(() => undefined),
    clocks: await json<ClocksReport>("clocks.json").catch(() => undefined),
    sensitivity: await json<Sensitivity>("sensitivity.json").catch(() => undefined),
    firstCalls,
    sources,
    examples: await exampleLines(read, firstCalls, sources),
    lanes: readHours(await read("hours.csv")).filter(hasEvents),
    policy: policyOf(await read("policy.json")),
    acts,
    joined,
    key,
    signer: signerNamed((await read("custody.jsonl")).split("\n").flatMap(namingAct)),
  };
}
