import { Button, DialogBody, DialogFooter } from "@blueprintjs/core";
import { type ReactNode, useEffect, useState } from "react";
import type { Estimate } from "../../../shared/model/estimate.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ask } from "../../session/client.ts";
import type { ImportItem } from "../../session/import-queue.ts";
import { counted, size, span } from "../../text/format.ts";
import { readingKey } from "./reading-key.ts";

/** What the files that are ready will take together, against what is free. Undefined: not all of them are reckoned yet. */
export interface Room {
  readonly rows: number;
  readonly seconds: number;
  /** Bytes. */
  readonly needs: number;
  readonly free: number;
  readonly basis: string;
}

/** What a file takes depends on how it is read, and on whether it is copied. */
const roomKey = (item: ImportItem): string => `${item.choice.byReference ?? false} ${readingKey(item)}`;

/** Reckons each file that is ready once, as it is to be read. A file that nothing can be said of takes what is certain of it. */
export function useRoom(ready: readonly ImportItem[]): Room | undefined {
  const [known, setKnown] = useState<ReadonlyMap<string, Estimate | undefined>>(new Map());
  useEffect(() => {
    for (const item of ready) {
      const key = roomKey(item);
      if (known.has(key)) continue;
      const { format, timezone, mapping, byReference } = item.choice;
      setKnown((before) => new Map(before).set(key, undefined));
      ask("estimate", {
        files: [item.path],
        ...(format === undefined ? {} : { format }),
        ...(timezone === undefined ? {} : { timezone }),
        ...(mapping === undefined ? {} : { mapping: mapping.document }),
        ...(byReference ? { by_reference: true } : {}),
      }).then(
        (reply) => setKnown((before) => new Map(before).set(key, reply)),
        // what cannot be reckoned is said by its own import
        () => undefined,
      );
    }
  }, [ready, known]);
  const all = ready.map((item) => known.get(roomKey(item)));
  const last = all.at(-1);
  if (last === undefined || all.some((each) => each === undefined)) return undefined;
  const sum = (part: (each: Estimate) => number) => all.reduce((total, each) => total + part(each as Estimate), 0);
  // nothing is reckoned for what is in the case already
  if (all.every((each) => each?.files.every((file) => file.known))) return undefined;
  return {
    rows: sum(({ rows }) => rows),
    seconds: sum(({ seconds }) => seconds),
    needs: sum(({ needs }) => needs.evidence + needs.database + needs.cache),
    free: last.free,
    basis: last.basis,
  };
}

export function RoomWords({ room }: { room: Room }): ReactNode {
  const { rows, seconds, needs, free, basis } = room;
  return (
    <span className={needs > free ? "warning" : ""} title={basis}>
      about {counted(rows, "call")}, {span(Math.max(1, seconds))}, {size(needs)} of {size(free)} free
    </span>
  );
}

/** Asked before an import is begun that does not fit. */
export function TooLittleRoom({ room, onGo, onClose }: { room: Room; onGo(): void; onClose(): void }): ReactNode {
  return (
    <Dialog isOpen title="The disk has too little room" onClose={onClose}>
      <DialogBody>
        <p>
          The import needs about {size(room.needs)}; {size(room.free)} are free. {room.basis}
        </p>
        <p>Originals that are left where they are need no room in the case: it is an option of each file.</p>
        <p>An import that fills the disk stops, keeps what is in, and can be resumed once there is room.</p>
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Cancel" onClick={onClose} autoFocus />
            <Button text="Import anyway" onClick={onGo} />
          </>
        }
      />
    </Dialog>
  );
}
