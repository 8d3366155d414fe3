import type { Reader } from "./batch.ts";
import { spansLines } from "./patterns.ts";
import { columnsOf, type Plan } from "./plan.ts";
import { ContinuedReader } from "./readers/continued.ts";
import { CsvReader } from "./readers/csv.ts";
import { JsonDocumentReader } from "./readers/document.ts";
import { HeadersReader } from "./readers/headers.ts";
import { JsonLinesReader } from "./readers/jsonl.ts";
import { keysOf } from "./readers/keys.ts";
import { KeyValueReader } from "./readers/keyvalue.ts";
import { PatternReader } from "./readers/pattern.ts";

/** The reader of a plan; `state` is what `Reader.state` gave where a resumed import goes on. */
export function readerOf(plan: Plan, state?: unknown): Reader {
  const inputs = plan.inputs.length;
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
        },
        state,
      );
    }
    case "headers":
      return new HeadersReader(plan, state);
    case "jsonl":
      return new JsonLinesReader(keysOf(plan), inputs);
    case "json":
      return new JsonDocumentReader(keysOf(plan), inputs, plan.records, state);
    case "keyvalue":
      return new KeyValueReader(keysOf(plan), inputs);
    case "regex": {
      const names = plan.inputs.map((input, index) => [input.kind === "named" ? input.name : "", index] as const);
      const pattern = plan.pattern ?? { source: "", trusted: false };
      return new (spansLines(pattern.source) ? ContinuedReader : PatternReader)(pattern, new Map(names));
    }
  }
}
