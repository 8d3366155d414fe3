import type { ClocksReport } from "../../../../shared/model/accountability/due-clock.ts";
import type { CustodyEntry } from "../../../custody/append.ts";
import { lineOf } from "../../../custody/row-digests.ts";
import { type ChainVerdict, verifyChain } from "../../../custody/verify.ts";
import { policyOf } from "../../../findings/rules/policy.ts";
import { printable } from "../../../platform/printable-name.ts";
import { sha256Of } from "../../../platform/sha256.ts";
import { EMPTY_REGISTRY_DIGEST } from "../../../registry/document.ts";
import { SIGNATURE, SIGNING_KEY } from "../../bag/bag-layout.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { valuesOf } from "../../bag/tag-file.ts";
import { type BundleDocument, statedInAct } from "../../contents/bundle-record.ts";
import type { SourceRecord } from "../../contents/source-records.ts";
import { bad, good, type Outcome } from "../bag/outcomes.ts";
import { bundleActFaults } from "../extract/bundle-acts.ts";
import { type BundleContents, custodyLinesOf, isHidden, openActs } from "../extract/bundle-contents.ts";
import { clockFaults } from "../extract/clock-acts.ts";
import type { Compared } from "../extract/compared.ts";
import { differences } from "../extract/differences.ts";
import { labelFaults } from "../extract/label-acts.ts";
import { readExtract, readJson } from "../extract/read-extract.ts";
import { remedyFaults } from "../extract/remedy-faults.ts";
import type { RowScan } from "../extract/row-scan.ts";
import { signerFaults } from "../extract/signer-acts.ts";
import { sourceFaults } from "../extract/source-acts.ts";

/** The chain is unbroken, what each act did is in the bundle as the act says it, and all that the bundle shows has its act. */
export async function custodyCheck(bag: Bag, contents: BundleContents, scan: RowScan): Promise<Outcome> {
  const { about, acts } = contents;
  const verdict = verifyChain(await custodyLinesOf(bag), about.developer !== undefined);
  if (!verdict.ok) return bad("chain-broken", `custody.jsonl: ${verdict.why}`);
  if (about.custody.head !== verdict.head || about.custody.entries !== verdict.entries)
    return bad("chain-head-differs", verdict.entries, verdict.head, about.custody);
  if (about.developer !== undefined) return await dossierOutcome(bag, contents, verdict);
  const all: Compared[] = [
    caseFaults(bag, about, acts),
    ownActFaults(bag, about, acts),
    signerFaults(acts),
    { faults: bundleActFaults(acts), onTrust: [] },
    sourceFaults(contents),
    rulesFaults(await readExtract(bag, "policy.json"), await readExtract(bag, "registry.json"), acts),
    claimFaults(about, acts),
    decisionFaults(about, acts),
    clockFaults(about, await clocksOf(bag), acts),
    labelFaults(contents, scan),
    await remedyFaults(bag, acts),
  ];
  const faults = all.flatMap((each) => each.faults);
  const onTrust = all.flatMap((each) => each.onTrust);
  if (faults.length > 0) return bad("acts-and-bundle-differ", faults.slice(0, 20).join("; "));
  return onTrust.length > 0
    ? good("chain-in-part-on-trust", verdict.entries, verdict.head, onTrust.slice(0, 20).join("; "))
    : good("chain-unbroken", verdict.entries, verdict.head);
}

/**
 * A dossier holds one developer's part of all that its acts tell of. Compared is what stands there whole; what is narrowed or
 * hidden is on trust.
 */
async function dossierOutcome(bag: Bag, contents: BundleContents, { entries, head }: ChainVerdict): Promise<Outcome> {
  const { about, acts, sources } = contents;
  const open = openActs(acts);
  const decided = open.filter(({ act, detail }) => act === "finding" && detail.developer === about.developer);
  const made = new Set(
    open.filter(({ act }) => act === "import" || act === "remap").map(({ detail }) => detail.source),
  );
  const hides = (...names: readonly string[]) => acts.some(({ act, detail }) => names.includes(act) && !detail);
  const isOpen = (source: SourceRecord) => made.has(source.source) && !isHidden(source);
  const told = { ...contents, acts: open, sources: sources.filter(isOpen) };
  // As it was read, where nothing of it is hidden.
  const policy = await readExtract(bag, "policy.json");
  const all: Compared[] = [
    acts[0]?.detail ? caseFaults(bag, about, open) : NOTHING,
    acts.at(-1)?.detail && !isHidden(about) ? ownActFaults(bag, about, acts) : NOTHING,
    hides("import", "remap", "received", "withdraw", "restore") ? NOTHING : sourceFaults(told),
    signerFaults(open),
    strangersInRegistry(await readExtract(bag, "registry.json"), about.developer),
    hides("remedy") ? NOTHING : await remedyFaults(bag, open),
    hides("policy") || isHidden(policy) ? NOTHING : policyFaults(policy, open),
    hides("finding")
      ? decisionFaults(
          { ...about, decisions: about.decisions.filter((each) => !isHidden(each)) },
          decided.slice(0, about.decisions.length),
        )
      : decisionFaults(about, decided),
  ];
  const faults = all.flatMap((each) => each.faults).filter((fault) => !/^sources\.json lacks source/u.test(fault));
  if (faults.length > 0) return bad("acts-and-bundle-differ", faults.slice(0, 20).join("; "));
  const hidden = acts.length - open.length;
  return good("chain-of-dossier", entries, head, hidden);
}

/** A dossier has the row of its own developer alone. */
function strangersInRegistry(registry: string, developer: string | undefined): Compared {
  const { developers = [], joined = [] } = JSON.parse(registry) as {
    developers?: { developer_id?: unknown }[];
    joined?: { developer_id?: unknown; into?: unknown }[];
  };
  const own = new Set<unknown>([
    developer,
    ...joined.filter(({ into }) => into === developer).map((row) => row.developer_id),
  ]);
  const others = developers.filter(({ developer_id: id }) => !own.has(id));
  return {
    faults: others.map(
      ({ developer_id: id }) => `registry.json has the developer ${say(id)}, whose dossier this is not`,
    ),
    onTrust: [],
  };
}

const NOTHING: Compared = { faults: [], onTrust: [] };

/** Absent in bundles of versions that knew no clocks. */
const clocksOf = async (bag: Bag): Promise<ClocksReport | undefined> =>
  bag.files.sizes.has("data/extract/clocks.json") ? readJson<ClocksReport>(bag, "clocks.json") : undefined;

const say = (value: unknown): string => (value === undefined ? "nothing" : printable(String(value).slice(0, 80)));

function caseFaults(bag: Bag, about: BundleDocument, acts: readonly CustodyEntry[]): Compared {
  const faults: string[] = [];
  const [create] = acts;
  if (create?.act !== "create") faults.push("custody.jsonl does not begin with the act create");
  else
    for (const [name, said] of [
      ["title", about.title],
      ["examiner", about.examiner],
      ["case", about.case],
    ] as const)
      if (create.detail[name] !== said)
        faults.push(`bundle.json: the ${name} is ${say(said)}, and in act 1 (create) ${say(create.detail[name])}`);
  for (const [label, said] of [
    ["Contact-Name", about.examiner],
    ["External-Description", about.title],
    ["External-Identifier", about.name],
    ["Bag-Software-Agent", about.software],
  ] as const) {
    // A line of bag-info.txt holds no line breaks and no blanks at its ends.
    const plain = (text: string) => text.replace(/\s+/gu, " ").trim();
    for (const value of valuesOf(bag.info, label))
      if (plain(value) !== plain(String(said)))
        faults.push(`bag-info.txt: ${label} is ${say(value)}, and in bundle.json ${say(said)}`);
  }
  return { faults, onTrust: [] };
}

/** A bundle is an act before it is written: the last that its custody holds. */
function ownActFaults(bag: Bag, about: BundleDocument, acts: readonly CustodyEntry[]): Compared {
  const faults: string[] = [];
  const own = acts.at(-1);
  if (own?.act !== "bundle")
    return { faults: ["custody.jsonl does not end with the act bundle that made this one"], onTrust: [] };
  const named = `act ${own.seq} (bundle)`;
  if (own.at !== about.at) faults.push(`bundle.json is dated ${say(about.at)}, and ${named} ${own.at}`);
  if (own.by !== about.made_by)
    faults.push(`bundle.json: made_by is ${say(about.made_by)}, and in ${named} ${say(own.by)}`);
  const { digests: _digests, clock: _clock, signed, key, key_named: _named, ...stated } = own.detail;
  faults.push(...differences(statedInAct(about), stated).map((fault) => `bundle.json: ${fault} from ${named}`));
  const bundles = acts.filter(({ act }) => act === "bundle").length;
  if (about.number !== bundles)
    faults.push(`bundle.json: the number is ${say(about.number)}, and custody.jsonl has ${bundles} acts bundle`);
  const isSigned = bag.files.sizes.has(SIGNATURE);
  if (signed !== isSigned)
    faults.push(
      `the bundle is ${isSigned ? "" : "not "}signed, and ${named} says that it is ${signed ? "" : "not "}signed`,
    );
  const promised = valuesOf(bag.info, SIGNING_KEY).join(", ");
  if (isSigned && key !== promised)
    faults.push(`bag-info.txt names the key ${say(promised)}, and ${named} ${say(key)}`);
  return { faults, onTrust: [] };
}

const latest = (acts: readonly CustodyEntry[], name: string) => acts.findLast(({ act }) => act === name);

function policyFaults(policy: string, acts: readonly CustodyEntry[]): Compared {
  const set = latest(acts, "policy");
  if (!set)
    return policy.trim() === "{}" ? NOTHING : { faults: ["policy.json is there, and no act tells of it"], onTrust: [] };
  const named = `act ${set.seq} (policy)`;
  if (sha256Of(policy) !== set.detail.sha256)
    return { faults: [`policy.json is not what ${named} took into the case`], onTrust: [] };
  const rules = policyOf(policy)?.rules.map(({ id }) => id);
  return {
    faults: differences(rules, set.detail.rules, "rules").map((fault) => `policy.json: ${fault} from ${named}`),
    onTrust: [],
  };
}

function rulesFaults(policy: string, registry: string, acts: readonly CustodyEntry[]): Compared {
  const { faults: ofPolicy } = policyFaults(policy, acts);
  const faults = [...ofPolicy];
  const onTrust: string[] = [];
  const filled = latest(acts, "registry");
  if (!filled && hasRows(registry)) faults.push("registry.json has rows, and no act tells of them");
  if (filled && filled.detail.state_sha256 === undefined)
    onTrust.push(`act ${filled.seq} (registry) is of an older version and holds no digest: registry.json is on trust`);
  else if (filled && sha256Of(registry) !== filled.detail.state_sha256)
    faults.push(`registry.json is not what act ${filled.seq} (registry) made it`);
  let state: unknown = EMPTY_REGISTRY_DIGEST;
  for (const { seq, act, detail } of acts) {
    if (act !== "registry") continue;
    const { before_sha256, state_sha256 } = detail;
    if (before_sha256 !== undefined && state !== undefined && before_sha256 !== state)
      faults.push(`act ${seq} (registry) was made of a registry that no act before it left`);
    state = state_sha256;
  }
  return { faults, onTrust };
}

const hasRows = (registry: string): boolean =>
  Object.values(JSON.parse(registry) as Record<string, unknown>).some((rows) => Array.isArray(rows) && rows.length > 0);

function claimFaults({ claims }: BundleDocument, acts: readonly CustodyEntry[]): Compared {
  const set = latest(acts, "claims");
  const none: Compared = { faults: [], onTrust: [] };
  if (!set)
    return claims === null ? none : { faults: ["bundle.json has claims, and no act tells of them"], onTrust: [] };
  const named = `act ${set.seq} (claims)`;
  const ids = (claims as { claims?: { id?: unknown }[] } | null)?.claims?.map(({ id }) => id) ?? [];
  const wrong = { faults: [`bundle.json: the claims are not those that ${named} took into the case`], onTrust: [] };
  if (JSON.stringify(ids) !== JSON.stringify(set.detail.claims)) return wrong;
  if (set.detail.read_sha256 === undefined)
    return {
      faults: [],
      onTrust: [`${named} is of an older version: the claims are compared by their ids, their words are on trust`],
    };
  return sha256Of(JSON.stringify(claims)) === set.detail.read_sha256 ? none : wrong;
}

/** Decisions in their order are the acts that decide in theirs. */
function decisionFaults({ decisions }: BundleDocument, acts: readonly CustodyEntry[]): Compared {
  const faults: string[] = [];
  const onTrust: string[] = [];
  const decided = acts.filter(({ act }) => act === "finding");
  for (let index = 0; index < Math.max(decisions.length, decided.length); index += 1) {
    const decision = decisions[index];
    const act = decided[index];
    if (!act) {
      faults.push(
        `bundle.json: decision ${index + 1} (${say(decision?.rule)}, ${say(decision?.developer_id)}) has no act`,
      );
      continue;
    }
    const named = `act ${act.seq} (finding)`;
    if (!decision) {
      faults.push(`bundle.json lacks the decision on ${say(act.detail.developer)} that ${named} made`);
      continue;
    }
    const what = `bundle.json: decision ${index + 1}`;
    const { rule, developer_id, disposition, reason, at, by } = decision;
    for (const [name, said, recorded] of [
      ["rule", rule, act.detail.rule],
      ["developer_id", developer_id, act.detail.developer],
      ["disposition", disposition, act.detail.disposition],
      ["reason", reason, act.detail.reason],
      ["by", by, act.by],
    ] as const)
      if (said !== recorded) faults.push(`${what}: ${name} is ${say(said)}, and in ${named} ${say(recorded)}`);
    const pinned = Object.values((act.detail.digests as { decision?: Record<string, unknown> })?.decision ?? {})[0];
    if (pinned === undefined) onTrust.push(`${named} is of an older version: the time of ${what} is on trust`);
    else if (pinned !== sha256Of(lineOf([rule, developer_id, disposition, reason, at, by])))
      faults.push(`${what} is not what ${named} made it`);
  }
  return { faults, onTrust };
}
