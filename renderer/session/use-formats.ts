import { useEffect, useState } from "react";
import type { RefusalData } from "../../shared/base/errors.ts";
import type { DesktopReply, SavedMapping } from "../../shared/contract/desktop.ts";
import { desktop } from "./client.ts";
import { refusalOf } from "./refusal.ts";

interface Formats {
  /** The formats and encodings that the program reads. */
  readonly known: DesktopReply<"formats">;
  /** The mappings that this machine keeps. */
  readonly saved: readonly SavedMapping[];
  setSaved(saved: readonly SavedMapping[]): void;
}

/** What a file can be read as. */
export function useFormats(onRefused: (error: RefusalData) => void): Formats {
  const [known, setKnown] = useState<DesktopReply<"formats">>({ formats: [], encodings: [] });
  const [saved, setSaved] = useState<readonly SavedMapping[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is first shown
  useEffect(() => {
    Promise.all([desktop("formats", {}), desktop("savedMappings", {})]).then(
      ([found, kept]) => {
        setKnown(found);
        setSaved(kept.mappings);
      },
      (error: unknown) => onRefused(refusalOf(error)),
    );
  }, []);
  return { known, saved, setSaved };
}
