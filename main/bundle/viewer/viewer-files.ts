import { walkRows } from "../rows/walk-rows.ts";
import { type CatalogInput, catalogOf, type RegistryOfViewer } from "./catalog.ts";
import { dataScript } from "./data-script.ts";
import { linePieces, type ReadExtractFile } from "./line-pieces.ts";
import { packedScript } from "./packed-script.ts";
import { RowChunks, type ViewerFile } from "./row-chunks.ts";

/**
 * The files of `data/viewer/`, one after the other, from nothing but the extract: `verify` makes them anew and compares. No
 * more is held than a file.
 */
export async function* viewerFiles(read: ReadExtractFile, input: CatalogInput): AsyncGenerator<ViewerFile> {
  yield* rowFiles(read);
  yield* otherFiles(read, input);
}

/** Those of the original lines, and the catalog. */
export async function* otherFiles(read: ReadExtractFile, input: CatalogInput): AsyncGenerator<ViewerFile> {
  const lines: [number, number, number][] = [];
  for await (const { lines: piece, bytes } of linePieces(read, input.sources)) {
    const name = `lines-${lines.length}`;
    lines.push([piece.source, piece.first, piece.records]);
    yield { name: `${name}.js`, bytes: packedScript(name, piece, bytes) };
  }
  const registry = JSON.parse(await textOf(read("registry.json"))) as RegistryOfViewer;
  yield { name: "catalog.js", bytes: dataScript("catalog", catalogOf(input, registry, lines)) };
}

/** Those of the calls. */
export async function* rowFiles(read: ReadExtractFile): AsyncGenerator<ViewerFile> {
  const chunks = new RowChunks();
  for await (const _ of walkRows(read("events.jsonl"), read("events.csv"), chunks)) yield* chunks.take();
  yield* chunks.take();
}

async function textOf(file: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of file) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString("utf8");
}
