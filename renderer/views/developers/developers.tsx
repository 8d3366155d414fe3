import { InputGroup } from "@blueprintjs/core";
import { type ReactNode, useRef } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import { isActivityList } from "../../parts/activity/lists.ts";
import { NoPolicy } from "../../parts/activity/no-policy.tsx";
import { Empty } from "../../parts/empty.tsx";
import { type DeveloperList, developerLists, listOf, ofList } from "../../parts/finding-lists/lists.ts";
import { useNoCalls } from "../../parts/finding-lists/no-calls.tsx";
import { ALL_COLUMNS } from "../../parts/finding-table/columns.tsx";
import { useDecide, useDecideKeys } from "../../parts/finding-table/decide.tsx";
import { FindingTable } from "../../parts/finding-table/finding-table.tsx";
import { joinRequests } from "../../parts/finding-table/join-requests.ts";
import { RuleSelect, useRule } from "../../parts/finding-table/rule.tsx";
import { ServiceCalls } from "../../parts/finding-table/service-calls.tsx";
import { isFound, orderOf, sorted } from "../../parts/finding-table/sort.ts";
import { usePicks } from "../../parts/finding-table/use-picks.ts";
import { LEVEL_WORDS } from "../../parts/finding-table/words.ts";
import { Updating } from "../../parts/updating.tsx";
import { usePlace, useSession, useShared } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { useCommand } from "../../session/use-command.ts";
import { counted } from "../../text/format.ts";
import { Everyone } from "./everyone.tsx";
import { GrantTable } from "./grant-table.tsx";
import { Lanes } from "./lanes.tsx";
import { ListSelect } from "./list-select.tsx";
import { PickedBar } from "./picked-bar.tsx";
import { useIsLanes, ViewChoice } from "./view-choice.tsx";
import "./developers.css";

/** Every developer with a finding under a rule, or one of the lists that Answer counts; without a policy everybody. */
export function Developers(): ReactNode {
  const rule = useRule();
  const noCalls = useNoCalls("Developers");
  return noCalls ?? (rule ? <Listing key={rule.id} rule={rule} /> : <All />);
}

function All(): ReactNode {
  return (
    <section className="developers" aria-label="Developers" data-region tabIndex={-1}>
      <div className="developers-body">
        <div className="developers-head">
          <h1 tabIndex={-1}>Developers</h1>
          <ViewChoice />
        </div>
        <NoPolicy>No policy yet: what each developer did stands here; a rule says what of it counts.</NoPolicy>
        <Everyone />
      </div>
    </section>
  );
}

function Listing({ rule }: { rule: Rule }): ReactNode {
  const findings = useAsk("findings", { rule: rule.id });
  const detail = useAsk("answer", { rule: rule.id });
  const recentDays = useShared((state) => recentDaysOf(state.policy));
  const { of } = usePlace();
  return (
    <section className="developers" aria-label="Developers" data-region tabIndex={-1}>
      <Updating asked={joinRequests(findings, detail)}>
        {({ a: { rules }, b: about }) =>
          rules.map((found) => {
            const lists = developerLists(found.developers, { recentDays, loggedUntil: about.logged_until });
            return (
              <div key={found.rule} className="developers-body">
                <div className="developers-head">
                  <h1 tabIndex={-1}>Developers</h1>
                  <RuleSelect rule={rule} />
                  <ListSelect lists={lists} rows={found.developers} />
                  {listOf(of).name !== "grants" && <ViewChoice />}
                </div>
                <ServiceCalls found={found} />
                {isActivityList(listOf(of).name) ? (
                  <Everyone />
                ) : listOf(of).name === "grants" ? (
                  <GrantTable found={found} />
                ) : (
                  <Rows found={found} lists={lists} />
                )}
              </div>
            );
          })
        }
      </Updating>
    </section>
  );
}

function Rows({ found, lists }: { found: RuleFindings; lists: readonly DeveloperList[] }): ReactNode {
  const session = useSession();
  const place = usePlace();
  const decide = useDecide();
  const box = useRef<HTMLInputElement>(null);
  const { name, text } = listOf(place.of);
  const all = found.developers;
  const list = lists.find((each) => each.name === name) ?? lists[0];
  const listed = all.filter((row) => list?.passes(row));
  const order = orderOf(place.sort);
  const rows = sorted(
    listed.filter((row) => isFound(row, LEVEL_WORDS[row.level], text)),
    order,
  );
  const current = place.row === undefined ? undefined : rows[place.row];
  const isLanes = useIsLanes();
  const activity = useAsk("activity", isLanes ? {} : undefined);
  const picks = usePicks(rows, (row) => row.developer_id);
  const chosen = all.filter((row) => picks.picked.has(row.developer_id)).map((row) => ({ rule: found.rule, ...row }));
  useDecideKeys(decide, chosen.length > 0 ? chosen : current ? [{ rule: found.rule, ...current }] : []);
  useCommand("filter", () => box.current?.focus());
  const toRow = (row: number) => rows.length > 0 && session.amend({ row });
  useCommand("row.first", () => toRow(0));
  useCommand("row.last", () => toRow(rows.length - 1));
  // the same place seen differently: `of` begins order and row anew unless they are said
  const narrow = (of: string) => session.amend({ of, sort: place.sort, row: undefined });
  return (
    <>
      <div className="developers-box">
        <InputGroup
          inputRef={box}
          type="search"
          aria-label="Find developers"
          placeholder="Find by name, id, app, field"
          value={text}
          onChange={(event) => narrow(ofList(list?.name ?? "all", event.currentTarget.value))}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || text === "") return;
            event.preventDefault();
            narrow(ofList(list?.name ?? "all"));
          }}
        />
        <span className="gap" />
        <span className="muted" role="status">
          {rows.length === all.length
            ? counted(all.length, "developer")
            : `${figure(rows.length)} of ${counted(all.length, "developer")}`}
        </span>
      </div>
      {chosen.length > 0 && <PickedBar chosen={chosen} decide={decide} onClear={picks.clear} />}
      {rows.length === 0 ? (
        <Empty
          why={
            text === ""
              ? `No finding: ${list?.name === "all" ? "no developer held the permission or made a call that the rule forbids" : `the list "${list?.title}" is empty`}.`
              : `No developer matches. Without the text there are ${figure(listed.length)}.`
          }
        />
      ) : isLanes ? (
        <Updating asked={activity}>
          {(reply) => (
            <Lanes
              activity={reply}
              lanes={rows.map((row) => ({ developer_id: row.developer_id, revoked: row.revoked_at }))}
            />
          )}
        </Updating>
      ) : (
        <FindingTable
          fills
          picked={picks.picked}
          onPick={picks.onPick}
          onPickAll={picks.onPickAll}
          label={list?.title ?? "Developers"}
          columns={ALL_COLUMNS}
          rows={rows}
          order={order}
          onSort={(sort) => session.amend({ sort, row: undefined })}
          current={place.row === undefined ? undefined : Math.min(place.row, rows.length - 1)}
          onCurrent={(row) => session.amend({ row })}
          context={{
            rule: found.rule,
            rows: all,
            decide,
            open: (row) => session.go({ screen: "developer", of: row.developer_id }),
            show: (filter) => session.go({ screen: "explore", text: filter }),
          }}
        />
      )}
      {decide.dialog}
    </>
  );
}
