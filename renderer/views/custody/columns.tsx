import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { CustodyRow } from "../../../shared/contract/case.ts";
import { Hash } from "../../parts/hash.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import type { Column } from "../../parts/record-table.tsx";
import { instant, personName } from "../../text/format.ts";
import { actWords } from "./words.ts";

/** The name; the address behind it is in the title and in the opened entry. */
function Who({ by }: { by: string }): ReactNode {
  return (
    <span className="nowrap" title={inertText(by)}>
      <Inert text={personName(by)} most={60} />
    </span>
  );
}

export const CUSTODY_COLUMNS: readonly Column<CustodyRow>[] = [
  { title: "No", isFigure: true, width: "56px", cell: (row) => figure(row.seq) },
  { title: "Time", width: "224px", cell: (row) => <span className="mono nowrap">{instant(row.at)}</span> },
  { title: "Who", width: "144px", cell: (row) => <Who by={row.by} /> },
  { title: "What", cell: (row) => <Inert text={actWords(row)} most={400} /> },
  { title: "Before it", width: "112px", cell: (row) => <Hash sha256={row.previous} /> },
];
