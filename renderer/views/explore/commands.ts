import { type RefObject, useEffect, useRef } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { CommandId } from "../../../shared/contract/commands.ts";
import type { FieldName } from "../../../shared/filter/fields.ts";
import { exclude, include, only } from "../../../shared/filter/splice.ts";
import type { CallRow } from "../../../shared/model/explore.ts";
import { columnOf, literalOf } from "../../parts/grid/columns.ts";
import type { GridHandle } from "../../parts/grid/grid.tsx";
import { type Ranges, size, toggled } from "../../parts/grid/ranges.ts";
import { ask, desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useReadOnly, useSession } from "../../session/session.tsx";
import { useCommand } from "../../session/use-command.ts";
import { counted } from "../../text/format.ts";
import { type Picks, picksOf } from "./picks.ts";
import type { View } from "./view.ts";

/** Rows that go to the clipboard at most; more is an export. */
const MOST_COPIED = 10_000;

interface Acting {
  readonly view: View | undefined;
  readonly text: string;
  readonly isWaiting: boolean;
  /** The rows are those of the case as it is; false between an act and its rows. */
  readonly isCurrent: boolean;
  readonly row: number;
  readonly ranges: Ranges;
  readonly grid: RefObject<GridHandle | null>;
  /** The part of the screen with the rows. */
  readonly region: RefObject<HTMLElement | null>;
  onRow(row: number): void;
  onRanges(ranges: Ranges): void;
  onText(text: string): void;
}

/** Tags and notes, said with their number; Undo beside. */
export function useActs(): {
  tag(picks: Picks, tag: string, remove: boolean): Promise<RefusalData | undefined>;
  note(picks: Picks, note: string): Promise<RefusalData | undefined>;
} {
  const session = useSession();
  return {
    async tag(picks, tag, remove) {
      try {
        const { events } = await session.act("tag", { ...picks.input, tag, ...(remove ? { remove } : {}) });
        const what = remove
          ? `Took ${tag.trim()} off ${counted(events, "call")}.`
          : `Tagged ${counted(events, "call")} ${tag.trim()}.`;
        session.say(what, { canUndo: true });
        return undefined;
      } catch (error) {
        return refusalOf(error);
      }
    },
    async note(picks, note) {
      try {
        const { events } = await session.act("note", { ...picks.input, note });
        session.say(`Noted on ${counted(events, "call")}.`, { canUndo: true });
        return undefined;
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
}

/** The commands of rows and cells. */
export function useRowCommands(acting: Acting): void {
  const { view, text, isWaiting, isCurrent, row, ranges, grid, region, onRow, onRanges, onText } = acting;
  const session = useSession();
  const readOnly = useReadOnly();
  const acts = useActs();
  const count = view?.reply.count ?? 0;
  const current = view?.pages.row(row);
  const inRows = { enabled: count > 0, why: count > 0 ? undefined : "There is no row", within: region };
  const anywhere = { enabled: count > 0, why: count > 0 ? undefined : "There is no row" };
  const writes = readOnly === undefined ? anywhere : { enabled: false, why: readOnly };

  useCommand("row.first", () => onRow(0), anywhere);
  useCommand("row.last", () => onRow(count - 1), anywhere);
  useCommand("select.all", () => onRanges([[0, count]]), inRows);
  useCommand("select.row", () => onRanges(toggled(ranges, row)), inRows);
  useCommand("select.extend", () => grid.current?.extend(), inRows);
  useCommand("copy", () => void copyRows(), inRows);

  const splice = (
    change: (text: string, field: FieldName, value: string) => string,
    field: FieldName | undefined,
    value: string | undefined,
  ) => {
    if (field === undefined || value === undefined) session.say("This cell holds no value to filter by.");
    else if (!isWaiting) onText(change(text, field, value));
  };
  const cell = (): [FieldName | undefined, string | undefined] => {
    const column = columnOf(grid.current?.column() ?? "");
    return [column?.field, column && current ? literalOf(column, current) : undefined];
  };
  useCommand("cell.include", () => splice(include, ...cell()), anywhere);
  useCommand("cell.exclude", () => splice(exclude, ...cell()), anywhere);
  useCommand("cell.only", () => splice(only, ...cell()), anywhere);
  const same = (field: FieldName & keyof CallRow) => () =>
    splice(include, field, current?.[field] === undefined ? undefined : String(current[field]));
  useCommand("same.developer", same("developer"), anywhere);
  useCommand("same.app", same("app"), anywhere);
  useCommand("same.actor", same("actor"), anywhere);
  useCommand("same.ip", same("ip"), anywhere);
  useCommand("same.request", same("request_id"), anywhere);

  const seekTagged = (way: 1 | -1) => async () => {
    if (!view) return;
    const { filter, sort } = view.reply;
    const found = await ask("seek", { filter, ...(sort === undefined ? {} : { sort }), tagged: { row, way } }).catch(
      () => undefined,
    );
    if (found?.row !== undefined) onRow(found.row);
    else session.say(way === 1 ? "No tagged call further down." : "No tagged call further up.");
  };
  useCommand("tagged.next", () => void seekTagged(1)(), anywhere);
  useCommand("tagged.previous", () => void seekTagged(-1)(), anywhere);

  const latest = useRef(acting);
  latest.current = acting;
  const toggle = async (number: number) => {
    const { view, ranges, row } = latest.current;
    const tag = view?.reply.tags[number - 1];
    const picks = view && picksOf(view, ranges, row);
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
  const toggleTag = (number: number) => async () => {
    if (latest.current.isCurrent) await toggle(number);
    else pressed.current.push(number);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are what is waited for
  useEffect(() => {
    const next = isCurrent ? pressed.current.shift() : undefined;
    if (next !== undefined) void toggle(next);
  }, [isCurrent]);
  useTagCommand("tag.1", toggleTag(1), writes);
  useTagCommand("tag.2", toggleTag(2), writes);
  useTagCommand("tag.3", toggleTag(3), writes);
  useTagCommand("tag.4", toggleTag(4), writes);
  useTagCommand("tag.5", toggleTag(5), writes);
  useTagCommand("tag.6", toggleTag(6), writes);
  useTagCommand("tag.7", toggleTag(7), writes);
  useTagCommand("tag.8", toggleTag(8), writes);
  useTagCommand("tag.9", toggleTag(9), writes);

  const copyRows = async () => {
    if (!view) return;
    const chosen: Ranges = ranges.length > 0 ? ranges : [[row, row + 1]];
    const many = size(chosen);
    if (many > MOST_COPIED) {
      session.say(`${figure(many)} rows are too many for the clipboard: export them.`);
      return;
    }
    try {
      const columns = (grid.current?.shownColumns() ?? []).map(columnOf).filter((column) => column !== undefined);
      const lines = [columns.map(({ title }) => title).join("\t")];
      for (const [from, to] of chosen) {
        for (let begin = from; begin < to; begin += 1000) {
          const { rows } = await ask("rows", {
            filter: view.reply.filter,
            ...(view.reply.sort === undefined ? {} : { sort: view.reply.sort }),
            offset: begin,
            limit: Math.min(1000, to - begin),
          });
          // a tab or line break of a log would make another cell of itself
          for (const each of rows)
            lines.push(columns.map((column) => column.text(each).replace(/[\t\r\n]+/gu, " ")).join("\t"));
        }
      }
      await desktop("copyText", { text: `${lines.join("\n")}\n` });
      session.say(`Copied ${counted(many, "row")}.`);
    } catch (error) {
      session.say("", { error: refusalOf(error) });
    }
  };
}

function useTagCommand(
  id: CommandId,
  run: () => Promise<void>,
  options: { enabled: boolean; why: string | undefined },
): void {
  useCommand(id, () => void run(), options);
}
