import { createHash } from "node:crypto";
import { namedFile } from "../../../../shared/model/source.ts";
import type { PageAct, PageInput } from "../../contents/page-input.ts";
import type { SourceRecord } from "../../contents/source-records.ts";

const CONTEXT = {
  c: "https://ontology.caseontology.org/case/investigation/",
  u: "https://ontology.unifiedcyberontology.org/uco/",
  x: "http://www.w3.org/2001/XMLSchema#",
} as const;

type Node = Readonly<Record<string, unknown>>;

/**
 * Where the files come from, as JSON-LD in the terms of CASE/UCO 1.4.0: each import as an action with who, when, with which
 * tool, and the file that it took with its digest as an exhibit; then the bundle. Ids end in a UUID that the case and what is
 * named give, so that the same bundle has the same bytes.
 */
export function provenance({ about, acts, sources }: PageInput): string {
  const id = (kind: string, of: string) => ({ "@id": `kb:${kind}-${uuidOf(`${about.case} ${kind} ${of}`)}` });
  const tool = {
    ...id("tool", about.build),
    "@type": "u:tool/AnalyticTool",
    "u:core/name": "Exhibit",
    "u:tool/version": about.software.replace(/^Exhibit /u, ""),
  };
  const told = acts.filter(
    (act): act is PageAct & { by: string; detail: Record<string, unknown> } =>
      act.detail !== undefined && act.by !== undefined,
  );
  const people = [...new Set([about.made_by, ...told.map(({ by }) => by)])].map(
    (name): Node => ({ ...id("person", name), "@type": "u:identity/Person", "u:core/name": name }),
  );
  const imports = sources.flatMap((source): Node[] => {
    const act = told.find(({ act, detail }) => act === "import" && detail.source === source.source);
    return act === undefined ? [] : importNodes(source, act, id, tool["@id"]);
  });
  const bundle: Node = {
    ...id("action", about.name),
    "@type": "c:InvestigativeAction",
    "u:core/name": `evidence bundle ${about.name}`,
    "u:action/startTime": timeOf(about.at),
    "u:action/performer": id("person", about.made_by),
    "u:action/instrument": { "@id": tool["@id"] },
    "u:action/object": sources
      .filter(({ withdrawn }) => withdrawn === undefined)
      .map(({ source }) => id("file", String(source))),
  };
  const graph = [tool, ...people, ...imports, bundle];
  return `${JSON.stringify({ "@context": { kb: `urn:exhibit:${about.case}:`, ...CONTEXT }, "@graph": graph }, undefined, 1)}\n`;
}

function importNodes(
  source: SourceRecord,
  { seq, at, by }: PageAct & { by: string },
  id: (kind: string, of: string) => { "@id": string },
  tool: string,
): Node[] {
  const of = String(source.source);
  const file = id("file", of);
  return [
    {
      ...id("action", `import ${of}`),
      "@type": "c:InvestigativeAction",
      "u:core/name": `import of source ${of}, act ${seq} of custody`,
      "u:action/startTime": timeOf(at),
      "u:action/performer": id("person", by),
      "u:action/instrument": { "@id": tool },
      "u:action/object": file,
      "u:action/result": id("provenance", of),
    },
    {
      ...id("provenance", of),
      "@type": "c:ProvenanceRecord",
      "c:exhibitNumber": `source-${of}`,
      ...(source.acquisition && { "u:core/description": cameBy(source.acquisition) }),
      "u:core/object": file,
    },
    { ...file, "@type": "u:observable/File", "u:core/hasFacet": [id("filefacet", of), id("contentfacet", of)] },
    {
      ...id("filefacet", of),
      "@type": "u:observable/FileFacet",
      "u:observable/fileName": namedFile(source),
      "u:observable/sizeInBytes": source.bytes,
    },
    { ...id("contentfacet", of), "@type": "u:observable/ContentDataFacet", "u:observable/hash": id("hash", of) },
    {
      ...id("hash", of),
      "@type": "u:types/Hash",
      "u:types/hashMethod": "SHA256",
      "u:types/hashValue": { "@type": "x:hexBinary", "@value": source.sha256 },
    },
  ];
}

const timeOf = (at: string) => ({ "@type": "x:dateTime", "@value": at });

const cameBy = ({ from, on, medium, method }: NonNullable<SourceRecord["acquisition"]>): string =>
  `received from ${from} on ${on}, ${medium}, ${method}`;

/** A name-based UUID of version 8 (RFC 9562 section 5.8): the first bits of SHA-256. */
function uuidOf(name: string): string {
  const bytes = createHash("sha256").update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
