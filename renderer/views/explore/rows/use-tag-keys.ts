import { useEffect, useRef } from "react";
import type { CommandId } from "../../../../shared/contract/commands.ts";
import { useReadOnly, useSession } from "../../../session/session.tsx";
import { useCommand } from "../../../session/use-command.ts";
import type { View } from "../state/use-view.ts";
import { picksOf } from "./picked-calls.ts";
import { useActs } from "./use-acts.ts";
import type { Selection } from "./use-selection.ts";

/**
 * Keys 1 to 9 put the tags on the chosen rows, and take them off where all have them.
 * @param isCurrent the rows are those of the case as it is: false between an act and its rows
 */
export function useTagKeys(view: View | undefined, selection: Selection, isCurrent: boolean): void {
  const session = useSession();
  const readOnly = useReadOnly();
  const acts = useActs();
  const latest = useRef({ view, selection, isCurrent });
  latest.current = { view, selection, isCurrent };
  const toggle = async (number: number) => {
    const { view, selection } = latest.current;
    const tag = view?.reply.tags[number - 1];
    const picks = view && picksOf(view, selection.ranges, selection.row);
    if (!picks) return;
    if (tag === undefined) {
      session.commands.run("tag.other");
      return;
    }
    const isOn = picks.rows?.every((each) => each.tags?.includes(tag)) ?? false;
    const error = await acts.tag(picks, tag, isOn);
    if (error) session.say("", { error });
  };
  // pressed before the last act is on the screen: on or off is decided by what is there then
  const pressed = useRef<number[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are what is waited for
  useEffect(() => {
    const next = isCurrent ? pressed.current.shift() : undefined;
    if (next !== undefined) void toggle(next);
  }, [isCurrent]);

  const why = readOnly ?? (selection.count > 0 ? undefined : "There is no row");
  const useKey = (id: CommandId, number: number) =>
    useCommand(
      id,
      () => {
        if (latest.current.isCurrent) void toggle(number);
        else pressed.current.push(number);
      },
      { enabled: why === undefined, why },
    );
  useKey("tag.1", 1);
  useKey("tag.2", 2);
  useKey("tag.3", 3);
  useKey("tag.4", 4);
  useKey("tag.5", 5);
  useKey("tag.6", 6);
  useKey("tag.7", 7);
  useKey("tag.8", 8);
  useKey("tag.9", 9);
}
