import { instantOf } from "../../../shared/base/time.ts";
import type { People } from "../../../shared/model/finding.ts";
import { peopleText } from "../../../shared/model/people-text.ts";
import { namedFile } from "../../../shared/model/source.ts";
import { cellsOf } from "../../platform/csv-cells.ts";
import type { Cell } from "../../platform/workbook/write/sheet-xml.ts";
import { WorkbookWriter } from "../../platform/workbook/write/workbook-writer.ts";
import type { PageInput } from "../contents/page-input.ts";

/** A time as text, which is exact, and as a date of the spreadsheet. */
const times = (time: string | undefined): [Cell, Cell] => [
  time,
  time === undefined ? undefined : { instant: instantOf(time) },
];
/** How many people: what is known at least, at most, and the words that say which. */
const people = (found: People): [Cell, Cell, Cell] => [
  found.basis === "at-most" || found.value === null ? undefined : found.value,
  found.basis === "between"
    ? found.at_most
    : found.basis === "exact" || found.basis === "at-most"
      ? (found.value ?? undefined)
      : undefined,
  peopleText(found),
];
const PEOPLE = ["people at least", "people at most", "people in words"];
const yes = (is: boolean): Cell => (is ? "yes" : undefined);

/** Columns of events.csv that are numbers. */
const NUMBERS: ReadonlySet<string> = new Set([
  ...["event", "status", "subject_count", "bytes", "duration_ms", "source", "line", "offset", "length", "part"],
]);

interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** `extract/tables.xlsx`: what a spreadsheet is asked for, each in a sheet of its own. */
export function tablesOf(input: PageInput): Uint8Array {
  const pieces: Uint8Array[] = [];
  const writer = new WorkbookWriter((bytes) => pieces.push(bytes));
  for (const { title, columns, rows } of [
    totals(input),
    developers(input),
    months(input),
    calls(input),
    remedy(input),
    claims(input),
    sources(input),
  ]) {
    writer.sheet(
      title,
      columns.map((name) => ({ name, width: Math.max(12, Math.min(32, name.length + 4)) })),
    );
    for (const row of rows) writer.row(row);
  }
  writer.end();
  return Buffer.concat(pieces);
}

const totals = ({ findings, about }: PageInput): Table => ({
  title: "Totals",
  columns: ["rule", "level", "developers", "apps", "calls", ...PEOPLE, "failed calls", "calls of unknown outcome"],
  rows: findings.rules.flatMap(({ rule, totals: of }): Cell[][] => {
    const apart = about.apart.find((each) => each.rule === rule);
    return [
      [rule, "entitled", of.entitled.developers, of.entitled.apps],
      [rule, "attempted", of.attempted.developers, of.attempted.apps, of.attempted.events],
      ...(["possible", "obtained", "recent"] as const).map((level): Cell[] => [
        ...[rule, level, of[level].developers, of[level].apps, of[level].events],
        ...people(of[level].people),
      ]),
      [rule, "counted nowhere", ...Array<undefined>(6), apart?.failed ?? 0, apart?.unknown ?? 0],
    ];
  }),
});

const developers = ({ findings }: PageInput): Table => ({
  title: "Developers",
  columns: [
    ...[
      "rule",
      "developer_id",
      "developer",
      "level",
      "recent",
      "entitled",
      "apps",
      "calls that got",
      "first",
      "first (date)",
    ],
    ...["last", "last (date)", ...PEOPLE, "fields", "calls that may have got", "calls that got nothing"],
    ...["revoked_at", "revoked_at (date)", "calls after that", "decision"],
  ],
  rows: findings.rules.flatMap(({ rule, developers: rows }) =>
    rows.map((row): Cell[] => [
      ...[rule, row.developer_id, row.developer, row.level, yes(row.recent), yes(row.entitled), row.apps.join(";")],
      ...[row.obtained.events, ...times(row.obtained.first), ...times(row.obtained.last)],
      ...(row.obtained.events > 0 ? people(row.obtained.people) : Array<undefined>(3)),
      ...[row.obtained.fields.join(";"), row.possible.events, row.attempted.events],
      ...[...times(row.revoked_at), row.allowed_after_revocation, row.status],
    ]),
  ),
});

const months = ({ findings }: PageInput): Table => ({
  title: "Months",
  columns: [
    ...["rule", "month", "calls that got", "developers that got", ...PEOPLE],
    ...[
      "calls that may have got",
      "developers that may have got",
      "calls that got nothing",
      "developers that got nothing",
    ],
  ],
  rows: findings.rules.flatMap(({ rule, by_month: rows }) =>
    rows.map(({ month, obtained, possible, attempted }): Cell[] => [
      ...[rule, month, obtained.events, obtained.developers, ...people(obtained.people)],
      ...[possible.events, possible.developers, attempted.events, attempted.developers],
    ]),
  ),
});

/** The first calls that count, as events.csv has them; a spreadsheet with all of a large bundle would not open. */
function calls({ firstCalls: [header = "", ...records], about }: PageInput): Table {
  const columns = cellsOf(header.replace(/^\uFEFF/u, ""));
  const counted = columns.indexOf("counted");
  function* rows(): Generator<Cell[]> {
    let seen = 0;
    for (const record of records) {
      const cells = cellsOf(record);
      seen += 1;
      if (cells[counted] !== "yes") continue;
      yield cells.map((cell, index) =>
        cell === ""
          ? undefined
          : NUMBERS.has(columns[index] as string)
            ? Number(cell)
            : cell.replace(/^'(?=[=+\-@\t\r])/u, ""),
      );
    }
    if (seen < about.events)
      yield [undefined, `The calls that count of the first ${seen} of ${about.events}; all are in extract/events.csv.`];
  }
  return { title: "Calls", columns, rows: rows() };
}

const remedy = ({ remedy: found }: PageInput): Table => ({
  title: "Remedy",
  columns: [
    "rule",
    "developer_id",
    "developer",
    "state",
    "next",
    "overdue",
    "entry",
    "step",
    "on",
    "due",
    "by",
    "result",
    "note",
    "against",
    "taken back",
  ],
  rows: (found?.rules ?? []).flatMap(({ rule, developers: rows }) =>
    rows.flatMap((row): Cell[][] =>
      (row.entries.length === 0 ? [undefined] : row.entries).map((entry) => [
        ...[rule, row.developer_id, row.developer, row.state, row.next, row.overdue.join(";")],
        ...[entry?.n, entry?.step, entry?.on, entry?.due, entry?.by, entry?.result, entry?.note],
        ...[entry?.against.map(({ kind }) => kind).join(";"), entry?.taken_back],
      ]),
    ),
  ),
});

const claims = ({ claims: found }: PageInput): Table => ({
  title: "Claims",
  columns: ["claim", "verdict", "measured at least", "measured at most", "measured in words", "why", "filter"],
  rows: found.map(({ id, verdict, measured, why, filter }): Cell[] => [
    ...[id, verdict, ...(measured === undefined ? Array<undefined>(3) : people(measured)), why, filter],
  ]),
});

const sources = ({ sources: found }: PageInput): Table => ({
  title: "Sources",
  columns: [
    ...[
      "source",
      "file",
      "sha256",
      "bytes",
      "format",
      "encoding",
      "timezone",
      "timezone from",
      "lines",
      "lines of calls",
    ],
    ...[
      "lines rejected",
      "lines skipped",
      "calls",
      "rejected",
      "skipped",
      "duplicates",
      "first",
      "first (date)",
      "last",
      "last (date)",
    ],
    ...["received from", "received on", "withdrawn because"],
  ],
  rows: found.map((source): Cell[] => [
    ...[source.source, namedFile(source), source.sha256, source.bytes, source.format, source.encoding, source.timezone],
    ...[source.timezone_from, source.lines, source.line_ledger.events, source.line_ledger.rejected],
    ...[source.line_ledger.skipped, source.events, source.rejected, source.skipped, source.duplicates],
    ...[...times(source.first), ...times(source.last), source.acquisition?.from, source.acquisition?.on],
    source.withdrawn?.reason,
  ]),
});
