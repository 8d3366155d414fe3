import { SegmentedControl } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { useSession, useShared } from "../../session/session.tsx";

const KEY = "developers.view";

/** Whether developers stand as a table or as lanes; kept on this machine. */
export const useIsLanes = (): boolean => useShared((state) => state.settings.layout[KEY] === "lanes");

export function ViewChoice(): ReactNode {
  const session = useSession();
  const isLanes = useIsLanes();
  const layout = useShared((state) => state.settings.layout);
  return (
    <SegmentedControl
      size="small"
      aria-label="View"
      options={[
        { label: "Table", value: "table" },
        { label: "Lanes", value: "lanes" },
      ]}
      value={isLanes ? "lanes" : "table"}
      onValueChange={(value) => session.change({ layout: { ...layout, [KEY]: value } })}
    />
  );
}
