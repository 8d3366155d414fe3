import type { EncodedColumn, EventRecord, MappedField } from "../../../shared/model/event.ts";
import type { PatternExample } from "../../../shared/model/pattern-example.ts";
import type { EncodedBatch } from "../encode/encoded-batch.ts";
import type { Mapping } from "../mapping/mapping-document.ts";
import { compilePattern, groupNames, spansLines } from "../mapping/patterns.ts";
import { isEncoded, type Origin, type Plan } from "../mapping/plan.ts";
import { encodePreview, PREVIEW_ROWS, previewEvents } from "./preview.ts";
import { firstLines } from "./text-shapes.ts";

type Event = Omit<EventRecord, "source">;

/** The first records of a file, as they are read. */
interface FirstRecords {
  readonly plan: Plan;
  readonly preview: EncodedBatch;
  readonly sampleText: Buffer;
  readonly insideText: Buffer;
  readonly sample: { readonly whole: boolean };
}

/** A text is shown in a line. */
const MAX_SHOWN = 200;
/** All of a text, whatever it is. */
const WHOLE = "(?s)^(.*)$";

/** Each regular expression of a mapping that a person gave, with what it catches in the first records. */
export function patternExamples(detection: FirstRecords, given: Mapping): PatternExample[] {
  const { plan } = detection;
  const texts = new TextsOf(detection);
  const examples: PatternExample[] = [];
  const add = (at: string, pattern: string, found: readonly string[], catches = compilePattern(pattern).first) =>
    examples.push(exampleOf(at, pattern, found, catches));
  if (given.pattern !== undefined && plan.reader === "regex")
    add("pattern", given.pattern, texts.records(), groupsOf(given.pattern));
  for (const { field, match, origins } of plan.fields) {
    const source = given.fields?.[field];
    if (match !== undefined && typeof source === "object" && source?.match !== undefined)
      add(`fields.${field}.match`, match, texts.at(origins, field));
  }
  for (const [index, { when }] of (given.rules ?? []).entries()) {
    const conditions = plan.rules[index]?.when ?? [];
    for (const [at, place] of Object.keys(when).entries()) {
      const [origin, pattern] = conditions[at] ?? [];
      if (pattern !== undefined)
        add(`rules[${index}].when.${place}`, pattern, origin === undefined ? [] : texts.at([origin]));
    }
  }
  return examples;
}

function exampleOf(
  at: string,
  pattern: string,
  texts: readonly string[],
  catches: (text: string) => string | undefined,
): PatternExample {
  const values = texts.map(catches);
  const first = values.findIndex((value) => value !== undefined);
  const missed = values.indexOf(undefined);
  return {
    at,
    pattern,
    of: texts.length,
    caught: values.filter((value) => value !== undefined).length,
    ...(first < 0 ? {} : { from: shown(texts[first] as string), value: shown(values[first] as string) }),
    ...(missed < 0 ? {} : { missed: shown(texts[missed] as string) }),
  };
}

const shown = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

/** `time=10:30 who=orbit`: the named groups of a line's pattern that caught something. */
function groupsOf(pattern: string): (text: string) => string | undefined {
  const compiled = compilePattern(pattern);
  const names = groupNames(pattern);
  return (text) => {
    const groups = compiled.all(text);
    return groups
      ?.flatMap((value, index) => (names[index] && value !== undefined ? [`${names[index]}=${value}`] : []))
      .join(" ");
  };
}

/** The texts that expressions are tried on, of the first records. */
class TextsOf {
  readonly #detection: FirstRecords;
  readonly #known = new Map<string, readonly string[]>();
  #events: readonly Event[] | undefined;

  constructor(detection: FirstRecords) {
    this.#detection = detection;
  }

  /** The records as they are written, also those that become no event. */
  records(): string[] {
    const { plan, insideText, sample } = this.#detection;
    // a record of several lines begins where its pattern says, which only the reader knows
    return spansLines(plan.pattern?.source ?? "")
      ? this.#slices()
      : firstLines(insideText, sample.whole).slice(0, PREVIEW_ROWS);
  }

  #slices(): string[] {
    const { preview, sampleText } = this.#detection;
    return Array.from({ length: preview.rows }, (_, row) =>
      sampleText.toString(
        "utf8",
        preview.offset[row] as number,
        (preview.offset[row] as number) + (preview.length[row] as number),
      ),
    );
  }

  /** What stands at the first of these origins that is present, of each record that has it. `field`: what is read from it. */
  at(origins: readonly Origin[], field?: MappedField): readonly string[] {
    const key = JSON.stringify([origins, field === "time"]);
    const texts = this.#known.get(key) ?? this.#read(origins, field === "time");
    this.#known.set(key, texts);
    return texts;
  }

  #read(origins: readonly Origin[], isTime: boolean): string[] {
    const [first] = origins;
    if (origins.length === 1 && first?.kind === "field" && !isEncoded(first.field)) return this.#values(first.field);
    // The same records, with these texts in a column that nothing else fills and no rule or default touches.
    const { plan, sample, sampleText } = this.#detection;
    const free = (["user_agent", "actor", "ip"] as const).find(
      (column) => !origins.some((origin) => origin.kind === "field" && origin.field === column),
    ) as EncodedColumn;
    const probe: Plan = {
      ...plan,
      fields: [
        ...plan.fields.filter(({ field }) => field !== free && !(isTime && field === "time")),
        // where the expression of the time catches nothing there would be no record to show
        ...(isTime ? [{ field: "time" as const, origins: [], value: "2000-01-01T00:00:00Z" }] : []),
        { field: free, origins, match: WHOLE },
      ],
      rules: [],
    };
    return previewEvents(encodePreview(probe, sampleText, sample.whole, PREVIEW_ROWS)).flatMap(
      (event) => (event[free] as string | undefined) ?? [],
    );
  }

  #values(field: MappedField): string[] {
    this.#events ??= previewEvents(this.#detection.preview);
    return this.#events.flatMap((event) => {
      const value = event[field as keyof Event];
      return value === undefined ? [] : [String(value)];
    });
  }
}
