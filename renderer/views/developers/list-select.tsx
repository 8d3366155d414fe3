import { HTMLSelect } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { DeveloperFinding } from "../../../shared/model/finding.ts";
import { activityTitle, EVERYONE, isActivityList } from "../../parts/activity/lists.ts";
import { type DeveloperList, listOf, ofList } from "../../parts/finding-lists/lists.ts";
import { usePlace, useSession } from "../../session/session.tsx";

/** Which list is shown: each with how many developers are in it. */
export function ListSelect({
  lists,
  rows,
}: {
  lists: readonly DeveloperList[];
  rows: readonly DeveloperFinding[];
}): ReactNode {
  const session = useSession();
  const place = usePlace();
  const { name, text } = listOf(place.of);
  return (
    <label className="rule-select">
      <span className="muted">List</span>
      <HTMLSelect
        value={name}
        onChange={(event) =>
          session.go({ screen: "developers", of: ofList(event.currentTarget.value, text), sort: place.sort })
        }
        options={[
          ...lists.map((list) => ({
            value: list.name,
            label: `${list.title} (${figure(rows.filter((row) => list.passes(row)).length)})`,
          })),
          { value: "grants", label: "Kept access, grant by grant" },
          { value: EVERYONE, label: "Everyone, with or without a finding" },
          ...(name !== EVERYONE && isActivityList(name) ? [{ value: name, label: activityTitle(name) }] : []),
        ]}
      />
    </label>
  );
}
