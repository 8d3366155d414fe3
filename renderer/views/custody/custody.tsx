import { Button, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { CustodyRow } from "../../../shared/contract/case.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Hash } from "../../parts/hash.tsx";
import { Page } from "../../parts/page.tsx";
import { RecordTable } from "../../parts/record-table.tsx";
import { Updating } from "../../parts/updating.tsx";
import { usePlace, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { useCommand } from "../../session/use-command.ts";
import { counted } from "../../text/format.ts";
import { CUSTODY_COLUMNS } from "./columns.tsx";
import { Entry } from "./entry.tsx";
import { useChainActs } from "./use-chain-acts.ts";
import "./custody.css";

/** Entries that are shown at first, and at most. */
const FIRST_ENTRIES = 200;
const MAX_ENTRIES = 10_000;
/** Milliseconds without a key before the entries are searched. */
const SEARCHES_AFTER_MS = 120;

/** Who did what, when: every act on the case, chained. */
export function Custody(): ReactNode {
  const session = useSession();
  const place = usePlace();
  const [search, setSearch] = useState("");
  const [asking, setAsking] = useState("");
  const [limit, setLimit] = useState(FIRST_ENTRIES);
  const [opened, setOpened] = useState<CustodyRow>();
  const field = useRef<HTMLInputElement>(null);
  const { verdict, isVerifying, refused, verify, checkpoint } = useChainActs();
  useCommand("filter", () => field.current?.focus());
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsking(search);
      setLimit(FIRST_ENTRIES);
    }, SEARCHES_AFTER_MS);
    return () => clearTimeout(timer);
  }, [search]);
  const asked = useAsk("custodyRows", { offset: 0, limit, ...(asking === "" ? {} : { search: asking }) });

  return (
    <Page
      title="Custody"
      actions={
        <>
          <Button text="What changed" onClick={() => session.go({ screen: "changes" })} />
          <Button text="Write a checkpoint" onClick={checkpoint} />
          <Button intent="primary" text="Verify" loading={isVerifying} onClick={verify} />
        </>
      }
    >
      {refused && <ErrorPanel error={refused} />}
      {verdict && <ChainVerdict verdict={verdict} />}
      <InputGroup
        inputRef={field}
        type="search"
        aria-label="Filter the entries"
        placeholder="A name, an act, a filter, a file"
        className="custody-search"
        value={search}
        onValueChange={setSearch}
      />
      <Updating asked={asked}>
        {({ rows, total }) => (
          <div className="custody">
            {rows.length === 0 ? (
              <p>No entry holds "{asking}".</p>
            ) : (
              <div className="table-scroll custody-table">
                <RecordTable
                  label="Custody"
                  rows={rows}
                  columns={CUSTODY_COLUMNS}
                  keyOf={(row) => row.seq}
                  current={place.row}
                  onMove={(row) => session.amend({ row })}
                  onOpen={(row) => setOpened(row)}
                />
              </div>
            )}
            <p className="muted">
              {counted(rows.length, "entry", "entries")} of {figure(total)}, newest first.{" "}
              {rows.length < total && rows.length < MAX_ENTRIES && (
                <button type="button" className="link" onClick={() => setLimit(Math.min(MAX_ENTRIES, limit * 5))}>
                  Show more
                </button>
              )}
            </p>
            {opened && <Entry entry={opened} onClose={() => setOpened(undefined)} />}
          </div>
        )}
      </Updating>
    </Page>
  );
}

function ChainVerdict({ verdict }: { verdict: Reply<"custody"> }): ReactNode {
  return (
    <p className={verdict.ok ? "custody-verdict good" : "custody-verdict danger"} role="status">
      {verdict.ok
        ? `Unbroken: ${counted(verdict.entries, "entry", "entries")}, each with the digest of the one before. Head `
        : `Broken: ${verdict.why ?? "the chain does not hold"}. Head `}
      <Hash sha256={verdict.head} />
    </p>
  );
}
