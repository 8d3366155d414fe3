import { nameList, readAll } from "../../bag/bag-files.ts";
import type { Bag } from "../../bag/load-bag.ts";

/** Read whole up to this size, to see which names follow from them. */
const MAX_BYTES = 1 << 30;

const EXTRACT =
  /^data\/extract\/(?:(?:bundle|findings|sources|registry|policy|claims|remedy|clocks|sensitivity|coverage)\.json|(?:events|custody|commitments)\.jsonl|(?:events|hours)\.csv|tables\.xlsx|lines\/(?:index\.csv|source-[1-9]\d*\.txt))$/u;
const PAGES = /^data\/(?:index\.html|METHOD\.txt|report\.(?:pdf|docx)|(?:viewer|legal)(?:\/[a-z0-9._-]+)+)$/u;
const ORIGINALS = "data/originals/";
const ATTACHMENTS = "data/attachments/";

/** The payload is a closed list: sentences about files that the layout of a bundle does not name. */
export async function strangersInPayload(bag: Bag): Promise<string[]> {
  const strangers: string[] = [];
  const originals: string[] = [];
  const attachments: string[] = [];
  for (const name of bag.files.sizes.keys()) {
    if (!name.startsWith("data/") || EXTRACT.test(name) || PAGES.test(name)) continue;
    if (name.startsWith(ORIGINALS)) originals.push(name);
    else if (name.startsWith(ATTACHMENTS)) attachments.push(name);
    else strangers.push(name);
  }
  const faults: string[] = [];
  const say = (what: string, names: readonly string[]) =>
    void (names.length > 0 && faults.push(`${what}: ${nameList(names)}`));
  say("files that the layout of a bundle does not name", strangers);
  if (originals.length > 0) {
    const { originals: said = {} } = (await document<{ originals: Record<string, unknown> }>(bag, "bundle.json")) ?? {};
    const named = new Set(Object.values(said).map((name) => ORIGINALS + name));
    say(
      "originals that bundle.json does not name",
      originals.filter((name) => !named.has(name)),
    );
  }
  if (attachments.length > 0) {
    const digests = digestsIn(await document(bag, "remedy.json"));
    const digestOf = new Map(
      bag.manifests.flatMap(({ lines }) => lines.map(({ names, digest }) => [names[0] ?? "", digest])),
    );
    say(
      "attachments whose digest no entry of remedy.json names",
      attachments.filter((name) => !digests.has(digestOf.get(name) ?? "")),
    );
  }
  return faults;
}

/** Undefined where it is not there or not readable: other checks say that. */
async function document<T>(bag: Bag, name: string): Promise<Partial<T> | undefined> {
  try {
    return JSON.parse((await readAll(bag.files, `data/extract/${name}`, MAX_BYTES)).toString("utf8")) as Partial<T>;
  } catch {
    return undefined;
  }
}

/** Every `sha256` of a document, however deep. */
function digestsIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (value === null || typeof value !== "object") return found;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "sha256" && typeof inner === "string") found.add(inner);
    else digestsIn(inner, found);
  }
  return found;
}

/** Bundles of the first version had a tag file more, in no manifest. */
export const isFirstVersion = async (bag: Bag): Promise<boolean> =>
  (await document<{ schema: string }>(bag, "bundle.json"))?.schema === "exhibit/bundle@1";
