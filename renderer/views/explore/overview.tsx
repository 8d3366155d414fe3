import type { ReactNode } from "react";
import type { ResolveContext } from "../../../shared/filter/resolve.ts";
import { setTime } from "../../../shared/filter/splice.ts";
import { size } from "../../parts/grid/ranges.ts";
import { usePlace, useReadOnly, useSession, useShared } from "../../session/session.tsx";
import { useSteady } from "../../session/use-steady.ts";
import { Bars } from "./bars/bars.tsx";
import { CountLine } from "./count/count-line.tsx";
import { CountTools } from "./count/count-tools.tsx";
import type { DialogActs } from "./dialogs/use-dialogs.ts";
import type { Selection } from "./rows/use-selection.ts";
import type { Answer } from "./state/use-answer.ts";
import type { LayoutActs } from "./state/use-layout.ts";
import type { View } from "./state/use-view.ts";

interface OverviewProps {
  readonly view: View;
  readonly answer: Answer;
  readonly selection: Selection;
  readonly layoutActs: LayoutActs;
  readonly dialogs: DialogActs;
  readonly times: ResolveContext;
  readonly isWaiting: boolean;
  onText(text: string): void;
  onColumns(columns: readonly string[]): void;
}

/** What the filter matches, as bars over time and as a number. */
export function Overview({ view, answer, selection, layoutActs, dialogs, ...props }: OverviewProps): ReactNode {
  const session = useSession();
  const place = usePlace();
  const readOnly = useReadOnly();
  const hasPolicy = useShared((state) => state.policy !== undefined);
  const { layout, toggleLog, setStack } = layoutActs;
  const { asked, around, people, onZoom } = answer;
  const onRange = useSteady((to: { from: number; to: number }) => props.onText(setTime(place.text, to)));
  const onDraw = useSteady((to: { from: number; to: number }) =>
    session.ahead.begin({ ...place, text: setTime(place.text, to), row: 0 }),
  );
  return (
    <>
      <Bars
        overview={around.reply}
        total={view.reply.total}
        times={props.times}
        stack={layout.stack}
        isLog={layout.log}
        isWaiting={props.isWaiting}
        onLog={toggleLog}
        onZoom={onZoom}
        onDraw={onDraw}
        onRange={onRange}
      />
      <CountLine
        asked={asked}
        reply={view.reply}
        people={people}
        chosen={size(selection.ranges)}
        readOnly={readOnly}
        onTag={dialogs.openTag}
        onNote={dialogs.openNote}
      >
        <CountTools
          histogram={around.reply?.histogram ?? NO_BARS}
          stack={layout.stack}
          isLog={layout.log}
          hasPolicy={hasPolicy}
          columns={layout.columns}
          onStack={setStack}
          onLog={toggleLog}
          onColumns={props.onColumns}
          onExport={dialogs.openExport}
        />
      </CountLine>
    </>
  );
}

const NO_BARS = { from: 0, step: 1, series: [] };
