import { CALLERS, OUTCOMES } from "../model/event.ts";

/** How a field's values are written and compared. */
type FieldKind =
  | "time"
  | "number"
  | "text"
  | "list"
  | "choice"
  | "flag"
  | "source"
  | "annotation"
  | "finding"
  | "level";

interface FieldRow {
  readonly kind: FieldKind;
  readonly description: string;
  readonly example: string;
  /** The only values there are, where they are a closed list. */
  readonly choices?: readonly string[];
}

/** Every field of the filter language, in the order of the manual. */
export const FIELDS = {
  time: { kind: "time", description: "when the call was made, UTC", example: "time:2018-04" },
  app: { kind: "text", description: "client application id", example: "app:1041" },
  developer: { kind: "text", description: "who owned the app then", example: 'developer:"Acme Social"' },
  api: { kind: "text", description: "API product", example: "api:groups" },
  operation: {
    kind: "text",
    description: "method and route template, or a named call",
    example: 'operation:"GET /{group-id}/members"',
  },
  method: { kind: "text", description: "HTTP method", example: "method:GET" },
  path: { kind: "text", description: "path as requested, without the query", example: "path:/v2.12/*/members" },
  status: { kind: "number", description: "HTTP status", example: "status:4xx" },
  outcome: {
    kind: "choice",
    description: "`allowed`, `denied`, `failed` or `unknown`",
    example: "outcome:allowed",
    choices: OUTCOMES,
  },
  actor: { kind: "text", description: "the account on whose authority the call was made", example: "actor:u-17" },
  caller: {
    kind: "choice",
    description:
      "what called, where the log says: `app`, `user`, or `service`, a service of the platform acting for itself",
    example: "caller:service",
    choices: CALLERS,
  },
  resource: { kind: "text", description: "the object asked for", example: "resource:4711*" },
  fields: { kind: "list", description: "data fields returned or requested", example: "fields:(name or picture)" },
  fields_are: {
    kind: "choice",
    description: "`returned` or `requested`",
    example: "fields_are:requested",
    choices: ["returned", "requested"],
  },
  subjects: { kind: "list", description: "ids of the people whose data was returned", example: "subjects:9001" },
  subject_count: { kind: "number", description: "how many people were returned", example: "subject_count>=100" },
  ip: { kind: "text", description: "network address, or a block of them", example: "ip:10.0.0.0/8" },
  user_agent: { kind: "text", description: "what the client called itself", example: "user_agent:Mozilla/5.0*" },
  request_id: { kind: "text", description: "the log's own id of the call", example: "request_id:7f3a*" },
  bytes: { kind: "number", description: "size of the answer in bytes", example: "bytes>1000000" },
  duration_ms: { kind: "number", description: "time taken in milliseconds", example: "duration_ms:0.5..20" },
  duplicate: {
    kind: "flag",
    description: "`yes` or `no`; duplicates are left out unless the filter names this field",
    example: "duplicate:yes",
  },
  source: { kind: "source", description: "the export, by number or file name", example: "source:2" },
  line: { kind: "number", description: "1-based line in the original", example: "line:88121" },
  offset: { kind: "number", description: "byte offset of the record in the original", example: "offset<4096" },
  length: { kind: "number", description: "length of the record in bytes", example: "length>65536" },
  tag: { kind: "annotation", description: "a tag on the call; `*`: has any", example: "tag:reviewed" },
  note: { kind: "annotation", description: "a note on the call; `*`: has any", example: "note:*" },
  finding: {
    kind: "finding",
    description: "a finding the call counts in: rule id, developer id, or `open`, `confirmed`, `dismissed`, `disputed`",
    example: "finding:confirmed",
  },
  level: {
    kind: "level",
    description: "`entitled`, `attempted`, `possible`, `obtained`: exactly; with `+`: that and above",
    example: "level:possible+",
  },
} as const satisfies Record<string, FieldRow>;

export type FieldName = keyof typeof FIELDS;

/** All of them, in the order of the manual. */
export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];

/** The row of a field, as one type for all. */
export function fieldRow(field: FieldName): FieldRow {
  return FIELDS[field];
}

/** The field of that name, any case; undefined if there is none. */
export function fieldNamed(word: string): FieldName | undefined {
  const name = word.toLowerCase();
  return Object.hasOwn(FIELDS, name) ? (name as FieldName) : undefined;
}

const KINDS: Record<FieldKind, string> = {
  time: "time",
  number: "number",
  text: "text",
  list: "list",
  choice: "word",
  flag: "yes/no",
  source: "number or text",
  annotation: "text",
  finding: "text",
  level: "word",
};

/** The table of `resources/help/filter.md`. */
export function fieldsReference(): string {
  const rows = FIELD_NAMES.map((name) => {
    const { kind, description, example } = fieldRow(name);
    return `| \`${name}\` | ${KINDS[kind]} | ${description} | \`${example}\` |`;
  });
  return ["| field | kind | meaning | for example |", "| --- | --- | --- | --- |", ...rows].join("\n");
}
