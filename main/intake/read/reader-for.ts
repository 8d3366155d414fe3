import { columnsOf } from "../mapping/compile-plan.ts";
import { spansLines } from "../mapping/patterns.ts";
import type { Plan } from "../mapping/plan.ts";
import type { Reader } from "./batch.ts";
import { ContinuedReader } from "./continued-lines.ts";
import { CsvReader } from "./csv.ts";
import { KeyTable, keysOf } from "./field-slots.ts";
import { TableColumns } from "./header-again.ts";
import { HeadersReader } from "./headers.ts";
import { JsonDocumentReader } from "./json-document.ts";
import { JsonLinesReader } from "./jsonl.ts";
import { KeyValueReader } from "./keyvalue.ts";
import type { LineReader } from "./lines.ts";
import { PatternReader } from "./pattern.ts";
import { RecordOpener, WrappedLinesReader } from "./wrapped.ts";

/** The reader of a plan; `state` is what `Reader.state` gave where a resumed import goes on. */
export function readerOf(plan: Plan, state?: unknown): Reader {
  const inputs = plan.inputs.length;
  const { wrapped } = plan;
  if (wrapped) {
    const opener = new RecordOpener(lineReaderOf(plan), { ...wrapped, isJson: plan.reader === "jsonl" });
    if (!wrapped.inDocument) return new WrappedLinesReader(opener);
    return new JsonDocumentReader(new KeyTable(0), inputs, plan.records, state, opener);
  }
  switch (plan.reader) {
    case "csv": {
      const { delimiter, quote, header } = plan.csv ?? { delimiter: 44, quote: 34, header: [] };
      return new CsvReader(
        {
          delimiter,
          quote,
          width: header.length,
          slots: columnsOf(plan),
          head: plan.head,
          headRecords: plan.headRecords,
          again: { names: header, columns: new TableColumns(plan), timeInputs: timeInputsOf(plan) },
        },
        state,
      );
    }
    case "headers":
      return new HeadersReader(plan, state);
    case "json":
      return new JsonDocumentReader(keysOf(plan), inputs, plan.records, state);
    default:
      return lineReaderOf(plan);
  }
}

/** The columns that times are read from; a column with JSON in it is none. */
const timeInputsOf = ({ fields }: Plan): number[] =>
  (fields.find(({ field }) => field === "time")?.origins ?? []).flatMap((origin) =>
    origin.kind === "input" && origin.rest.length === 0 ? [origin.input] : [],
  );

/** The reader of records that are lines, or may stand alone as if they were. */
function lineReaderOf(plan: Plan): LineReader {
  const inputs = plan.inputs.length;
  switch (plan.reader) {
    case "jsonl":
      return new JsonLinesReader(keysOf(plan), inputs);
    case "keyvalue":
      return new KeyValueReader(keysOf(plan), inputs);
    default: {
      const names = plan.inputs.map((input, index) => [input.kind === "named" ? input.name : "", index] as const);
      const pattern = plan.pattern ?? { source: "", trusted: false };
      return new (spansLines(pattern.source) ? ContinuedReader : PatternReader)(pattern, new Map(names));
    }
  }
}
