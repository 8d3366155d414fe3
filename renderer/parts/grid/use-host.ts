import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { isMac } from "../../commands/platform.ts";
import { useSteady } from "../../session/use-steady.ts";
import { GridHost, type HostEvents } from "./host.ts";
import type { GridProps } from "./props.ts";
import { between, toggled } from "./ranges.ts";
import type { Cursor } from "./use-cursor.ts";

/** Rows of another list that are seen above its current one. */
const ABOVE_ROWS = 3;

/** The host of a grid, which shows what the properties say and tells what hands do. */
export function useHost(props: GridProps, cursor: Cursor): GridHost {
  const { pages, listKey, row, ranges, sort, tags, onView } = props;
  const latest = useRef(props);
  latest.current = props;
  const [host] = useState(() => new GridHost(props.layout, eventsOf(latest, cursor)));
  useLayoutEffect(() => host.watch(onView), [host, onView]);
  const shown = useRef<Partial<Pick<GridProps, "pages" | "listKey">>>({});
  const show = useSteady(() => {
    const isSame = shown.current.listKey === listKey;
    shown.current = { pages, listKey };
    if (!isSame) cursor.anchor = row;
    host.show(pages, isSame ? undefined : Math.max(0, row - ABOVE_ROWS));
  });
  // a host that was closed has shown nothing
  useLayoutEffect(
    () => () => {
      shown.current = {};
    },
    [],
  );
  useLayoutEffect(() => {
    host.tags = tags;
    host.sort = sort;
    if (shown.current.pages !== pages) show();
    host.ranges = ranges;
  }, [host, show, pages, ranges, sort, tags]);
  useEffect(() => {
    if (pages.count > 0) void host.moveTo(row, cursor.column, host.hasFocus);
  }, [host, cursor, row, pages]);
  return host;
}

function eventsOf(latest: { readonly current: GridProps }, cursor: Cursor): HostEvents {
  return {
    onPress: (at, column, event) => {
      const { ranges, onRanges, onRow } = latest.current;
      cursor.column = column;
      cursor.isExtending = event.shiftKey;
      if (event.shiftKey) onRanges(between(cursor.anchor, at));
      else if (isMac ? event.metaKey : event.ctrlKey) onRanges(toggled(ranges, at));
      if (!event.shiftKey) cursor.anchor = at;
      onRow(at);
    },
    onOpen: () => latest.current.onOpen(),
    onMenu: (at, column, where) => {
      cursor.column = column;
      latest.current.onRow(at);
      latest.current.onMenu(where);
    },
    onSort: (sort) => latest.current.onSort(sort),
    onLayout: (layout) => latest.current.onLayout(layout),
  };
}
