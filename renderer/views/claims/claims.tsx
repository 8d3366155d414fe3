import { Chat, CrossCircle, Help, TickCircle } from "@blueprintjs/icons";
import { type KeyboardEvent, type ReactElement, type ReactNode, useRef } from "react";
import type { Claim, Verdict } from "../../../shared/model/claims.ts";
import type { ClaimResult } from "../../../shared/model/finding.ts";
import { peopleText } from "../../../shared/model/people-text.ts";
import { Empty } from "../../parts/empty.tsx";
import { CommandButton } from "../../parts/finding-lists/command-button.tsx";
import { joinRequests } from "../../parts/finding-table/join-requests.ts";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { Page } from "../../parts/page.tsx";
import { Updating } from "../../parts/updating.tsx";
import { usePlace, useSession, useShared } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { useCommandState } from "../../session/use-command.ts";
import { counted, peopleWords } from "../../text/format.ts";
import { claimWords, VERDICT_WORDS } from "./words.ts";
import "./claims.css";

const ICON = { size: 16, "aria-hidden": true } as const;
const ICONS: Readonly<Record<Verdict, ReactElement>> = {
  supported: <TickCircle {...ICON} />,
  contradicted: <CrossCircle {...ICON} />,
  undetermined: <Help {...ICON} />,
};

interface Held {
  readonly claim: Claim;
  readonly result: ClaimResult;
}

/** What was said in public, each held against the record. */
export function Claims(): ReactNode {
  const inForce = useAsk("claimsInForce", {});
  const hasClaims = inForce.reply?.claims !== undefined;
  const results = useAsk("claims", hasClaims ? {} : undefined);
  const isEmpty = useShared((state) => state.info?.events === 0);
  if (inForce.reply && !hasClaims) {
    return (
      <Page title="Claims" isNarrow>
        <Empty
          icon={<Chat size={32} aria-hidden />}
          why="No claims yet. A claims file holds what was said in public, to be held against the record."
          action={<CommandButton id="claims.import" text="Import claims" />}
        />
      </Page>
    );
  }
  return (
    <section className="claims" aria-label="Claims" data-region tabIndex={-1}>
      <Updating asked={joinRequests(inForce, results)}>
        {({ a: { claims = [] }, b }) => (
          <Board
            held={claims.flatMap((claim) => {
              const result = b.claims.find((each) => each.id === claim.id);
              return result ? [{ claim, result }] : [];
            })}
            isEmpty={isEmpty}
          />
        )}
      </Updating>
    </section>
  );
}

function Board({ held, isEmpty }: { held: readonly Held[]; isEmpty: boolean }): ReactNode {
  const session = useSession();
  const { row = 0 } = usePlace();
  const replace = useCommandState("claims.import");
  const list = useRef<HTMLDivElement>(null);
  const at = Math.min(row, held.length - 1);
  const current = held[at];
  const choose = (index: number) => {
    session.amend({ row: Math.max(0, Math.min(held.length - 1, index)) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: held.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(to);
    list.current?.querySelectorAll<HTMLElement>('[role="option"]')[Math.max(0, Math.min(held.length - 1, to))]?.focus();
  };
  const tally = (verdict: Verdict) => held.filter(({ result }) => result.verdict === verdict).length;
  return (
    <>
      <div className="claims-head">
        <h1 tabIndex={-1}>Claims</h1>
        <span className="muted">
          {counted(held.length, "claim")}: {tally("supported")} supported, {tally("contradicted")} contradicted,{" "}
          {tally("undetermined")} undetermined
        </span>
        <span className="gap" />
        <button
          type="button"
          className="link"
          disabled={!replace.isEnabled}
          title={replace.why ?? ""}
          onClick={replace.run}
        >
          Import claims
        </button>
      </div>
      <div className="claims-body">
        <div ref={list} className="claims-list" role="listbox" aria-label="Claims" tabIndex={-1} onKeyDown={onKeyDown}>
          {held.map(({ claim, result }, index) => (
            <div
              key={claim.id}
              role="option"
              aria-selected={index === at}
              tabIndex={index === at ? 0 : -1}
              className={index === at ? "claim-item current" : "claim-item"}
              onClick={() => choose(index)}
              onKeyDown={(event) => {
                if (event.key === "Enter" || event.key === " ") choose(index);
              }}
            >
              <p className="claim-text">
                <Inert text={claim.text} most={400} />
              </p>
              <p className="claim-line">
                <VerdictMark verdict={result.verdict} />
                {result.measured && <span className="muted">measured {peopleText(result.measured)}</span>}
              </p>
            </div>
          ))}
        </div>
        {current && <Panel held={current} isEmpty={isEmpty} />}
      </div>
    </>
  );
}

/** Word, icon and colour. */
function VerdictMark({ verdict }: { verdict: Verdict }): ReactNode {
  return (
    <span className={`claim-verdict claim-${verdict}`}>
      {ICONS[verdict]} {VERDICT_WORDS[verdict]}
    </span>
  );
}

function Panel({ held: { claim, result }, isEmpty }: { held: Held; isEmpty: boolean }): ReactNode {
  const { measured } = result;
  const noun = claim.measure === "events" ? "calls" : (claim.measure ?? "");
  return (
    <article className="claim-panel" aria-label="The claim">
      <blockquote>
        <Inert text={claim.text} />
      </blockquote>
      <p className="muted">
        {claim.said_by === undefined ? "Nobody is named for it" : <Inert text={claim.said_by} most={200} />}
        {claim.said_on !== undefined && (
          <>
            , <Inert text={claim.said_on} most={60} />
          </>
        )}
        {claim.source !== undefined && (
          <>
            , <Inert text={claim.source} most={300} />
          </>
        )}
      </p>
      <h2>
        <VerdictMark verdict={result.verdict} />
      </h2>
      <dl className="claim-facts">
        <dt>Measured</dt>
        <dd>
          {measured === undefined
            ? "not measured"
            : claim.measure === "people"
              ? peopleWords(measured)
              : `${peopleText(measured)} ${noun}`}
          {measured?.basis === "exact" && ", exact"}
        </dd>
        <dt>Why</dt>
        <dd>
          {result.why.split("; ").map((part) => (
            <p key={part}>
              <Inert text={`${part.charAt(0).toUpperCase()}${part.slice(1)}`} />.
            </p>
          ))}
        </dd>
        <dt>Claim</dt>
        <dd>
          <Inert text={claimWords(claim)} />
        </dd>
        {claim.rule !== undefined && (
          <>
            <dt>Rule</dt>
            <dd className="mono">
              <Inert text={claim.rule} />
            </dd>
          </>
        )}
        <dt>Id</dt>
        <dd className="mono">
          <Inert text={claim.id} />
        </dd>
        {claim.measure !== undefined && (
          <>
            <dt>Rows</dt>
            <dd>
              <Rows claim={claim} filter={result.filter} isEmpty={isEmpty} />
            </dd>
          </>
        )}
      </dl>
    </article>
  );
}

/** Grants are no calls: a claim on who kept access shows the developers. */
function Rows({ claim, filter, isEmpty }: { claim: Claim; filter: string; isEmpty: boolean }): ReactNode {
  const session = useSession();
  const isGrants = claim.level === "entitled" && (claim.measure === "developers" || claim.measure === "apps");
  if (isGrants)
    return (
      <button type="button" className="link" onClick={() => session.go({ screen: "developers", of: "grants" })}>
        Show the grants
      </button>
    );
  if (isEmpty) return <span className="muted">No calls yet.</span>;
  return (
    <>
      <FilterLink filter={filter}>Show the rows</FilterLink>{" "}
      <span className="mono muted">
        <Inert text={filter === "" ? "every call" : filter} />
      </span>
    </>
  );
}
