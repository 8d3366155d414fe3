import type { ReactNode } from "react";
import { isMostlyRejected } from "../../../shared/model/ledger.ts";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import type { ImportItem } from "../../session/import-queue.ts";
import { useSession } from "../../session/session.tsx";
import { counted } from "../../text/format.ts";
import { ledgerOf, ledgerWords } from "../../text/ledger-words.ts";

/** Files left out that are named; the others are counted. */
const MAX_NAMED = 5;

/** What a file that is in has brought to the case, and what of it was left out. */
export function Done({ item: { reports = [], leftOut = [] } }: { item: ImportItem }): ReactNode {
  const session = useSession();
  const fresh = reports.filter((report) => report.duplicate_of === undefined);
  const [first] = reports;
  return (
    <>
      {fresh.length > 0 && (
        <p>
          {fresh.length > 1 && `${counted(fresh.length, "source")}: `}
          {ledgerWords(ledgerOf(fresh))}{" "}
          <button
            type="button"
            className="link"
            onClick={() =>
              session.go({ screen: "sources", of: fresh.length === 1 ? String(first?.source) : undefined })
            }
          >
            {fresh.length === 1 ? "Show the source" : "Show the sources"}
          </button>{" "}
          <FilterLink filter={fresh.map(({ source }) => `source:${source}`).join(" or ")}>Show the calls</FilterLink>
        </p>
      )}
      {fresh.filter(isMostlyRejected).map((report) => (
        <p key={report.source} className="warning">
          More of <Inert text={report.member ?? report.file} /> was rejected than read: is it of another format?
        </p>
      ))}
      {fresh.length === 0 && first && (
        <p>
          {reports.length === 1 ? `This file is source ${first.duplicate_of}` : "All that is in it is in the case"}{" "}
          already. Nothing was changed.
        </p>
      )}
      {leftOut.length > 0 && (
        <p className="warning">
          Left out:{" "}
          {leftOut.slice(0, MAX_NAMED).map(({ file, member, why }) => (
            <span key={`${file} ${member ?? ""}`}>
              <Inert text={member ?? file} /> (<Inert text={why} />){" "}
            </span>
          ))}
          {leftOut.length > MAX_NAMED && `and ${counted(leftOut.length - MAX_NAMED, "more", "more")}`}
        </p>
      )}
    </>
  );
}
