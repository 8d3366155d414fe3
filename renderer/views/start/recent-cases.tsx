import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { type Chosen, pathOf } from "../../../shared/contract/chosen.ts";
import type { RecentCase } from "../../../shared/contract/desktop.ts";
import { Inert } from "../../parts/inert.tsx";
import { type Column, RecordTable } from "../../parts/record-table.tsx";
import { minute } from "../../text/format.ts";

interface RecentCasesProps {
  readonly cases: readonly RecentCase[];
  onOpen(folder: Chosen): void;
  onLocate(folder: Chosen): void;
  onForget(folder: Chosen): void;
}

/** The cases that were open last. One whose folder is missing can be found again, or forgotten. */
export function RecentCases({ cases, onOpen, onLocate, onForget }: RecentCasesProps): ReactNode {
  const columns: readonly Column<RecentCase>[] = [
    {
      title: "Case",
      cell: (each) =>
        each.missing ? (
          <Inert text={each.title} />
        ) : (
          <button type="button" className="link" onClick={() => onOpen(each.folder)}>
            <Inert text={each.title} />
          </button>
        ),
    },
    {
      title: "Folder",
      cell: (each) => (
        <span className="mono start-folder">
          <Inert text={pathOf(each.folder)} />
        </span>
      ),
    },
    { title: "Last opened", cell: (each) => <span className="mono nowrap">{minute(each.opened)}</span> },
    { title: "Calls", isFigure: true, cell: (each) => figure(each.events) },
  ];
  const missing: Column<RecentCase> = {
    title: "State",
    cell: (each) =>
      each.missing && (
        <span className="start-missing">
          <span className="warning">The folder is missing.</span>
          <button type="button" className="link" onClick={() => onLocate(each.folder)}>
            Locate
          </button>
          <button type="button" className="link" onClick={() => onForget(each.folder)}>
            Forget
          </button>
        </span>
      ),
  };
  return (
    <section aria-label="Recent cases">
      <h2 className="start-heading">Recent cases</h2>
      <div className="table-scroll">
        <RecordTable
          label="Recent cases"
          rows={cases}
          columns={cases.some((each) => each.missing) ? [...columns, missing] : columns}
          keyOf={(each) => each.folder}
        />
      </div>
    </section>
  );
}
