import { InputGroup } from "@blueprintjs/core";
import { type ReactNode, useRef } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { Activity } from "../../../shared/model/activity.ts";
import { ActivityTable } from "../../parts/activity/activity-table.tsx";
import { activityTitle, inActivityList, isActivityFound } from "../../parts/activity/lists.ts";
import { nameWords } from "../../parts/activity/name-words.ts";
import { activityOrder, activitySorted } from "../../parts/activity/order.ts";
import { Empty } from "../../parts/empty.tsx";
import { listOf, ofList } from "../../parts/finding-lists/lists.ts";
import { Updating } from "../../parts/updating.tsx";
import { usePlace, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { useCommand } from "../../session/use-command.ts";
import { counted } from "../../text/format.ts";
import { Lanes } from "./lanes.tsx";
import { useIsLanes } from "./view-choice.tsx";

/** Every developer and app of logs and registry, with what it did, whether a rule speaks of it or not. */
export function Everyone(): ReactNode {
  return <Updating asked={useAsk("activity", {})}>{(activity) => <Rows activity={activity} />}</Updating>;
}

function Rows({ activity }: { activity: Activity }): ReactNode {
  const session = useSession();
  const place = usePlace();
  const isLanes = useIsLanes();
  const people = useAsk("activityPeople", {});
  const box = useRef<HTMLInputElement>(null);
  const { name, text } = listOf(place.of);
  const list = place.of === undefined ? "everyone" : name;
  const listed = activity.developers.filter((row) => inActivityList(row, list));
  const order = activityOrder(place.sort);
  const rows = activitySorted(
    listed.filter((row) => isActivityFound(row, text)),
    order,
    people.reply?.people,
  );
  useCommand("filter", () => box.current?.focus());
  const toRow = (row: number) => rows.length > 0 && session.amend({ row });
  useCommand("row.first", () => toRow(0));
  useCommand("row.last", () => toRow(rows.length - 1));
  // the same place seen differently: `of` begins order and row anew unless they are said
  const narrow = (of: string) => session.amend({ of, sort: place.sort, row: undefined });
  const names = nameWords(activity.developers);
  return (
    <>
      <div className="everyone-box">
        {names !== undefined && <span className="muted">{names}</span>}
        <span className="gap" />
        <InputGroup
          inputRef={box}
          type="search"
          aria-label="Find developers"
          placeholder="Find by name, id, app, API, field"
          value={text}
          onChange={(event) => narrow(ofList(list, event.currentTarget.value))}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || text === "") return;
            event.preventDefault();
            narrow(ofList(list));
          }}
        />
        <span className="muted" role="status">
          {rows.length === activity.developers.length
            ? counted(rows.length, "developer")
            : `${figure(rows.length)} of ${counted(activity.developers.length, "developer")}`}
        </span>
      </div>
      {rows.length === 0 ? (
        <Empty why={`No developer matches. Without the text there are ${figure(listed.length)}.`} />
      ) : isLanes ? (
        <Lanes activity={activity} lanes={rows} />
      ) : (
        <ActivityTable
          fills
          label={activityTitle(list)}
          activity={activity}
          rows={rows}
          people={people.reply?.people}
          order={order}
          onSort={(sort) => session.amend({ sort, row: undefined })}
          current={place.row === undefined ? undefined : Math.min(place.row, rows.length - 1)}
          onCurrent={(row) => session.amend({ row })}
        />
      )}
    </>
  );
}
