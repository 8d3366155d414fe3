import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { DeveloperFinding } from "../../../shared/model/finding.ts";
import { peopleText } from "../../../shared/model/people-text.ts";
import { peopleWords } from "../../text/format.ts";
import { Inert, inertText } from "../inert.tsx";
import { Day } from "./day-cell.tsx";
import type { Decide } from "./decide.tsx";
import { LevelMark } from "./level.tsx";
import { developerTerm, headline, levelFilter } from "./links.ts";
import type { ColumnName } from "./sort.ts";
import { StatusMenu } from "./status.tsx";

/** What cells need beside their row. */
export interface CellContext {
  readonly rule: string;
  /** Every row of the rule: names that two developers share are told apart by id. */
  readonly rows: readonly DeveloperFinding[];
  readonly decide: Decide;
  open(row: DeveloperFinding): void;
  /** To the rows of a number. */
  show(filter: string): void;
}

export interface Column {
  readonly name: ColumnName;
  readonly heading: string;
  /** What the heading means, where it is short of it. */
  readonly title?: string;
  /** As `grid-template-columns` takes it. */
  readonly width: string;
  readonly isRight?: boolean;
  /** `isStop`: the row is the current one, and what it holds can be tabbed to. */
  cell(row: DeveloperFinding, context: CellContext, isStop: boolean): ReactNode;
}

const COLUMNS: Readonly<Record<ColumnName, Column>> = {
  developer: {
    name: "developer",
    heading: "Developer",
    width: "minmax(140px, 2fr)",
    cell: (row, { open }, isStop) => (
      <button
        type="button"
        className="link cut"
        tabIndex={isStop ? 0 : -1}
        title={inertText(row.developer)}
        onClick={() => open(row)}
      >
        <Inert text={row.developer} most={300} />
      </button>
    ),
  },
  level: {
    name: "level",
    heading: "Level",
    width: "minmax(164px, 1.1fr)",
    cell: (row) => <LevelMark level={row.level} recent={row.recent} />,
  },
  fields: {
    name: "fields",
    heading: "Fields",
    width: "minmax(88px, 1fr)",
    cell: (row) => fieldsOf(row),
  },
  first: { name: "first", heading: "First (UTC)", width: "76px", cell: (row) => <Day time={headline(row).first} /> },
  last: { name: "last", heading: "Last (UTC)", width: "76px", cell: (row) => <Day time={headline(row).last} /> },
  calls: {
    name: "calls",
    heading: "Calls",
    title: "Calls of the developer's level",
    width: "56px",
    isRight: true,
    cell: (row, context, isStop) => <Calls row={row} context={context} isStop={isStop} />,
  },
  people: {
    name: "people",
    heading: "People",
    title: "People whose data those calls returned",
    width: "minmax(152px, 1.2fr)",
    isRight: true,
    cell: (row, context, isStop) => {
      const { people } = headline(row);
      const filter = levelFilter(context.rule, row.level, developerTerm(row, context.rows));
      return people ? (
        <button
          type="button"
          className="link cut"
          tabIndex={isStop ? 0 : -1}
          title={`${peopleWords(people)}. Show the rows: ${inertText(filter)}`}
          onClick={() => context.show(filter)}
        >
          {peopleText(people)}
        </button>
      ) : (
        <span className="muted">none</span>
      );
    },
  },
  revoked: {
    name: "revoked",
    heading: "Revoked (UTC)",
    title: "When the last grant ended",
    width: "96px",
    cell: (row) =>
      row.revoked_at === undefined ? (
        <span className="muted">{row.entitled ? "still held" : "no grant"}</span>
      ) : (
        <Day time={row.revoked_at} />
      ),
  },
  after: {
    name: "after",
    heading: "Calls after",
    title: "Calls that got or may have got data while no grant was held any more",
    width: "76px",
    isRight: true,
    cell: (row, { open }, isStop) =>
      row.allowed_after_revocation > 0 ? (
        <button
          type="button"
          className="link danger"
          tabIndex={isStop ? 0 : -1}
          title="Its page, which shows them"
          onClick={() => open(row)}
        >
          <strong>{figure(row.allowed_after_revocation)}</strong>
        </button>
      ) : (
        "0"
      ),
  },
  status: {
    name: "status",
    heading: "Finding",
    width: "100px",
    cell: (row, { rule, decide }, isStop) => (
      <StatusMenu
        subject={{ rule, developer_id: row.developer_id, developer: row.developer, status: row.status }}
        decide={decide}
        isStop={isStop}
      />
    ),
  },
};

const pick = (...names: ColumnName[]): readonly Column[] => names.map((name) => COLUMNS[name]);

/** On Answer, which is 960 pixels wide. */
export const ANSWER_COLUMNS = pick("developer", "level", "fields", "first", "last", "calls", "people", "status");
export const ALL_COLUMNS = pick(
  "developer",
  "level",
  "fields",
  "first",
  "last",
  "calls",
  "people",
  "revoked",
  "after",
  "status",
);

function fieldsOf(row: DeveloperFinding): ReactNode {
  if (row.level === "obtained") {
    const text = row.obtained.fields.join(", ");
    return (
      <span className="cut" title={inertText(text)}>
        <Inert text={text} most={300} />
      </span>
    );
  }
  return <span className="muted">{row.level === "possible" ? "not logged" : "none"}</span>;
}

function Calls({ row, context, isStop }: { row: DeveloperFinding; context: CellContext; isStop: boolean }): ReactNode {
  const { events } = headline(row);
  if (events === 0) return "0";
  const filter = levelFilter(context.rule, row.level, developerTerm(row, context.rows));
  return (
    <button
      type="button"
      className="link"
      tabIndex={isStop ? 0 : -1}
      title={`Show the rows: ${inertText(filter)}`}
      onClick={() => context.show(filter)}
    >
      {figure(events)}
    </button>
  );
}
