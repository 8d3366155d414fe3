import { Button } from "@blueprintjs/core";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { Empty } from "../../parts/empty.tsx";
import { Page } from "../../parts/page.tsx";
import { useCaseActs } from "../../session/case-acts.ts";
import { desktop } from "../../session/client.ts";
import { choose, detectedAs, enqueue } from "../../session/import-queue.ts";
import { refusalOf } from "../../session/refusal.ts";
import { runImports } from "../../session/run-imports.ts";
import { useReadOnly, useSession, useShared } from "../../session/session.tsx";
import { type State, withImports } from "../../session/state.ts";
import { counted } from "../../text/format.ts";
import { RoomWords, TooLittleRoom, useRoom } from "./disk-room.tsx";
import { FileList } from "./file-list.tsx";
import { Preview } from "./preview.tsx";
import { readingKey } from "./reading-key.ts";
import "./import.css";

/** Files, what each is taken for and why, its first calls beside their lines, and the import itself with its rate and time left. */
export function Import(): ReactNode {
  const session = useSession();
  const acts = useCaseActs();
  const readOnly = useReadOnly();
  const queue = useShared((state) => state.imports);
  const [chosen, setChosen] = useState<string>();
  const current =
    queue.find((item) => item.path === chosen) ?? queue.find((item) => item.status === "chosen") ?? queue[0];
  const ready = useMemo(() => queue.filter((item) => item.status === "chosen" && item.found && !item.error), [queue]);
  const room = useRoom(ready);
  const [isAsking, setIsAsking] = useState(false);
  useDetection(queue);

  const start = () => {
    setIsAsking(false);
    setChosen(current?.path);
    session.store.update((state) => withImports(state, enqueue));
    void runImports(session);
  };

  const addFolder = async () => {
    const { folder } = await desktop("chooseFolder", { title: "Import a folder" });
    if (folder !== undefined) session.store.update((state) => withImports(state, (items) => choose(items, [folder])));
  };

  return (
    <Page
      title="Import logs"
      beside={room && ready.length > 0 && <RoomWords room={room} />}
      actions={
        <>
          <Button text="Add files" onClick={acts.importLogs} disabled={readOnly !== undefined} title={readOnly ?? ""} />
          <Button text="Add a folder" onClick={addFolder} disabled={readOnly !== undefined} title={readOnly ?? ""} />
          <Button
            intent="primary"
            text={ready.length === 0 ? "Import" : `Import ${counted(ready.length, "file")}`}
            disabled={ready.length === 0 || readOnly !== undefined}
            title={readOnly ?? ""}
            onClick={() => (room && room.needs > room.free ? setIsAsking(true) : start())}
          />
        </>
      }
    >
      {queue.length === 0 || !current ? (
        <Empty
          why="No calls yet. Drop log files here, or import them."
          action={<Button text="Import logs" onClick={acts.importLogs} disabled={readOnly !== undefined} />}
        />
      ) : (
        <div className="import">
          <FileList queue={queue} current={current.path} onChoose={setChosen} />
          <Preview key={current.path} item={current} />
        </div>
      )}
      {isAsking && room && <TooLittleRoom room={room} onGo={start} onClose={() => setIsAsking(false)} />}
    </Page>
  );
}

/** Looks at every chosen file, again whenever its format, zone or mapping changes. */
function useDetection(queue: State["imports"]): void {
  const session = useSession();
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const open = queue.filter((item) => item.status === "chosen" && !asked.has(readingKey(item)));
    if (open.length === 0) return;
    setAsked((before) => new Set([...before, ...open.map(readingKey)]));
    for (const item of open) {
      const { format, timezone, mapping } = item.choice;
      const settle = (looked: Parameters<typeof detectedAs>[2]) =>
        session.store.update((state) =>
          // an answer for a choice that was changed meanwhile is dropped
          state.imports.some((each) => each.path === item.path && readingKey(each) === readingKey(item))
            ? withImports(state, (items) => detectedAs(items, item.path, looked))
            : state,
        );
      desktop("detect", {
        files: [item.path],
        ...(format === undefined ? {} : { format }),
        ...(timezone === undefined ? {} : { timezone }),
        ...(mapping === undefined ? {} : { mapping: mapping.document }),
      }).then(
        ({ files: [looked] }) => looked && settle(looked),
        (error: unknown) => settle({ refused: refusalOf(error) }),
      );
    }
  }, [queue, asked, session]);
}
