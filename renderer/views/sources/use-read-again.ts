import { useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { SourceState } from "../../../shared/model/source.ts";
import { inertText } from "../../parts/inert.tsx";
import { ask } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useSession } from "../../session/session.tsx";
import { counted, fileName } from "../../text/format.ts";

/** How a source is to be read: what is empty or absent stays as it was. */
export interface Reading {
  readonly zone: string;
  readonly encoding: string;
  readonly format: string;
  readonly mapping: { readonly name: string; readonly document: unknown } | undefined;
}

interface ReadAgainActs {
  /** Stops the reading; absent: none is under way. */
  readonly stop: (() => void) | undefined;
  readonly error: RefusalData | undefined;
  setError(error: RefusalData | undefined): void;
  read(reading: Reading): Promise<void>;
}

/** Reads a source again and says what came of it; until then its old calls stand. */
export function useReadAgain(source: SourceState, onDone: () => void): ReadAgainActs {
  const session = useSession();
  const [error, setError] = useState<RefusalData>();
  const [stop, setStop] = useState<() => void>();
  const read = async ({ zone, encoding, format, mapping }: Reading) => {
    setError(undefined);
    try {
      const {
        source: now,
        before,
        annotations,
      } = await session.work(`Read ${fileName(source.file)} again`, "Cancel", ({ signal, progress }) => {
        const controller = new AbortController();
        signal.addEventListener("abort", () => controller.abort());
        setStop(() => () => controller.abort());
        return ask(
          "remap",
          {
            source: source.source,
            ...(mapping === undefined ? {} : { mapping: mapping.document }),
            ...(format === "" ? {} : { format }),
            ...(zone === "" ? {} : { timezone: zone }),
            ...(encoding === "" ? {} : { encoding }),
          },
          { signal: controller.signal, progress },
        );
      });
      await session.refresh();
      const lost = annotations.lost === 0 ? "" : ` ${counted(annotations.lost, "tagged call")} is none any more.`;
      session.say(
        `Read ${inertText(source.file)} again: ${counted(before.events, "call")} before, ${counted(now.events, "call")} now.${lost}`,
      );
      onDone();
    } catch (fault) {
      setStop(undefined);
      setError(refusalOf(fault));
    }
  };
  return { stop, error, setError, read };
}
