import type { EventRecord } from "../../../shared/model/event.ts";
import { cellsOf, withoutApostrophe } from "../../platform/csv-cells.ts";
import { CsvRecords } from "../contents/csv-records.ts";
import { lineBatches } from "../contents/line-batches.ts";
import type { PageInput } from "../contents/page-input.ts";
import { catalogOf, type RegistryOfViewer } from "./catalog.ts";
import { dataScript } from "./data-script.ts";
import { linePieces, type ReadExtractFile } from "./line-pieces.ts";
import { RowChunks, type ViewerFile } from "./row-chunks.ts";

/** What the rules say of calls, by where it stands in events.csv. */
const SAID = ["developer_id", "rule", "level"] as const;

/**
 * The files of `data/viewer/`, one after the other, from nothing but the extract: `verify` makes them anew and compares. No
 * more is held than a file.
 */
export async function* viewerFiles(read: ReadExtractFile, input: PageInput): AsyncGenerator<ViewerFile> {
  yield* rowFiles(read);
  const lines: [number, number, number][] = [];
  for await (const piece of linePieces(read, input.sources)) {
    const name = `lines-${lines.length}`;
    lines.push([piece.source, piece.offsets[0] as number, piece.offsets.length]);
    yield { name: `${name}.js`, text: dataScript(name, piece) };
  }
  const registry = JSON.parse(await textOf(read("registry.json"))) as RegistryOfViewer;
  yield { name: "catalog.js", text: dataScript("catalog", catalogOf(input, registry, lines)) };
}

async function* rowFiles(read: ReadExtractFile): AsyncGenerator<ViewerFile> {
  const chunks = new RowChunks();
  const csv = new CsvRecords(lineBatches(read("events.csv")));
  try {
    await csv.fill(1);
    const header = cellsOf(csv.take() ?? "");
    const places = SAID.map((name) => header.indexOf(name) - header.length);
    for await (const lines of lineBatches(read("events.jsonl"))) {
      await csv.fill(lines.length);
      for (const line of lines) {
        if (line === "") continue;
        const cells = cellsOf(csv.take() ?? "");
        const [id = "", rules = "", levels = ""] = places.map((place) => cells.at(place));
        chunks.add(
          JSON.parse(line) as EventRecord,
          withoutApostrophe(id),
          rules === "" ? [] : withoutApostrophe(rules).split(";"),
          levels === "" ? [] : levels.split(";"),
        );
        if (chunks.isFull) yield* chunks.take();
      }
    }
    yield* chunks.take();
  } finally {
    await csv.close();
  }
}

async function textOf(file: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of file) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString("utf8");
}
