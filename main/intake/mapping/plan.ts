import type { EncodedColumn, MappedField } from "../../../shared/model/event.ts";
import { ENCODED_COLUMNS } from "../../../shared/model/event.ts";
import type { Encoding } from "../../platform/encodings/transcoder.ts";
import type { ReaderName } from "./mapping.ts";
import type { Mapping } from "./mapping-document.ts";

/** A mapping with its format spelled out: the reader underneath, the built-in format's own fields and rules below the user's. */
export interface Resolved {
  /** The name users know: a reader or a built-in format. */
  readonly format: string;
  readonly reader: ReaderName;
  readonly mapping: Mapping;
  /** The pattern is one of ours, not a user's. */
  readonly trusted: boolean;
  /** Fields whose places are the built-in format's own: where a record has nothing there, the usual names are asked. */
  readonly usual?: ReadonlySet<MappedField>;
}

/**
 * Something a reader finds in a record: a column, a JSON path without lists, a key, a group, or any of the names that
 * need no mapping.
 */
export type Input =
  | { readonly kind: "named"; readonly name: string; readonly column: number }
  | { readonly kind: "path"; readonly path: readonly string[] }
  | { readonly kind: "synonyms"; readonly field: MappedField }
  /** The time that stands around a wrapped record. */
  | { readonly kind: "around" };

/** Where a field may come from. `rest`: a path inside the input's JSON, `[]` steps included. */
export type Origin =
  | { readonly kind: "input"; readonly input: number; readonly rest: readonly string[] }
  | { readonly kind: "query"; readonly input: number; readonly rest: readonly string[]; readonly name: string }
  | { readonly kind: "field"; readonly field: MappedField }
  | JoinedOrigin;

/** A text put together; it is there where all of its places are. */
export interface JoinedOrigin {
  readonly kind: "joined";
  /** As the mapping writes it. */
  readonly name: string;
  readonly pieces: readonly (string | { readonly input: number; readonly rest: readonly string[] })[];
}

export interface ZoneBeside {
  /** The inputs of columns or members of the record: the first present says it. */
  readonly inputs: readonly {
    readonly input: number;
    /** Its name speaks of other things too, such as a data centre: what is no zone there says nothing. */
    readonly mayBeOther: boolean;
  }[];
  /** What the name of the time's own column says, as `Time [CEST]` does. */
  readonly heading?: string;
}

export interface FieldPlan {
  readonly field: MappedField;
  /** The first present wins. */
  readonly origins: readonly Origin[];
  readonly match?: string;
  readonly split?: string;
  readonly parse?: string;
  readonly value?: string;
  /** Of a time in a table's column `time`: the input of the column `date`, for values that are only a time of day. */
  readonly day?: number;
  /** Of a time: what stands beside it and says its zone, for times that state none. */
  readonly zone?: ZoneBeside;
  /** Of a time: the whole file was looked through for what its times leave open (detect/settle-times.ts). */
  readonly isSettled?: true;
}

export interface RulePlan {
  /** Where the text is (undefined: this table has no such column, so the rule never holds) and the pattern it must match. */
  readonly when: readonly (readonly [Origin | undefined, string])[];
  readonly set: readonly (readonly [MappedField, string])[];
}

export interface CsvShape {
  readonly delimiter: number;
  /** -1: no quoting. */
  readonly quote: number;
  readonly header: readonly string[];
  /** Names that only later headers have. */
  readonly later?: readonly string[];
}

/** Everything that reader and encoder must know, as plain data, so that it can be posted to their threads. */
export interface Plan {
  readonly format: string;
  readonly reader: ReaderName;
  readonly inputs: readonly Input[];
  /** In an order in which a field comes after those it is made from. */
  readonly fields: readonly FieldPlan[];
  readonly rules: readonly RulePlan[];
  /** What a record of this format has: all conditions of one of these. Only for trying formats. */
  readonly must?: readonly RulePlan["when"][];
  /** Records that tell of no call, and why: places of the record alone. */
  readonly noCalls?: readonly { readonly when: RulePlan["when"]; readonly why: string }[];
  /** Where the name of the call is, that several records may tell of. */
  readonly call?: FieldPlan;
  readonly fieldsAre?: "returned" | "requested";
  /** Where a record may say that itself. */
  readonly fieldsAreInput?: number;
  readonly encoding: Encoding;
  readonly timezone: string;
  readonly pattern?: { readonly source: string; readonly trusted: boolean };
  readonly csv?: CsvShape;
  /** Bytes (after decoding) before the first record: preamble and header. */
  readonly head: number;
  /** How many records those bytes are. */
  readonly headRecords: number;
  /** Where the records of a JSON document lie: keys and `[]`, from the outside in. */
  readonly records: readonly string[];
  /** Of records that hold several calls: the input of the list that holds them, or of each of the lists within one another. */
  readonly calls?: readonly number[];
  /** What stands around each record, from the outside in; the wrappers are records of a JSON document, or lines. */
  readonly wrapped?: { readonly layers: readonly string[]; readonly timeInput: number; readonly inDocument: boolean };
}

/** What the header of the file tells the reader. */
export interface HeaderSniff {
  readonly csv?: CsvShape;
  readonly head: number;
  readonly headRecords: number;
  readonly records: readonly string[];
}

export const isEncoded = (field: MappedField): field is EncodedColumn =>
  (ENCODED_COLUMNS as readonly string[]).includes(field);
