import { useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { given } from "../../../shared/base/given.ts";
import type { SourceState } from "../../../shared/model/source.ts";
import { inertText } from "../../parts/inert.tsx";
import { refusalOf } from "../../session/refusal.ts";
import { useSession } from "../../session/session.tsx";
import { counted } from "../../text/format.ts";

/** What is said of all the files chosen; the digests are each file's own. */
export interface Came {
  readonly from: string;
  readonly on: string;
  readonly medium: string;
  readonly method: string;
  readonly seal: string;
  readonly note: string;
}

const NOTHING: Came = { from: "", on: "", medium: "", method: "", seal: "", note: "" };

/** What has been said of one source stands in the fields; of several nothing does. */
export const cameOf = (sources: readonly SourceState[]): Came =>
  sources.length === 1 ? { ...NOTHING, ...given({ ...sources[0]?.acquisition }) } : NOTHING;

/** What the producer's digest says of a file, at once. Undefined where none is stated. */
export function digestWords(stated: string, sha256: string): { readonly isRight: boolean; says: string } | undefined {
  const digest = stated.trim().toLowerCase();
  if (digest === "") return undefined;
  if (!/^[0-9a-f]{64}$/u.test(digest)) return { isRight: false, says: "no SHA-256: 64 hexadecimal digits" };
  return digest === sha256
    ? { isRight: true, says: "matches" }
    : { isRight: false, says: `differs: the file has ${sha256.slice(0, 8)}..: ask for it again` };
}

interface AcquisitionActs {
  readonly isBusy: boolean;
  readonly error: RefusalData | undefined;
  save(came: Came, digests: ReadonlyMap<number, string>, sources: readonly SourceState[]): Promise<void>;
}

/** Records how files came, one act a file. */
export function useAcquisition(onDone: () => void): AcquisitionActs {
  const session = useSession();
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<RefusalData>();
  const save: AcquisitionActs["save"] = async ({ from, on, medium, method, ...more }, digests, sources) => {
    setIsBusy(true);
    setError(undefined);
    const text = (value: string | undefined) => (value?.trim() ? value : undefined);
    try {
      let differ = 0;
      for (const { source } of sources) {
        const said = given({ digest: text(digests.get(source)), seal: text(more.seal), note: text(more.note) });
        const { digest_matches } = await session.act("received", { source, from, on, medium, method, ...said });
        if (digest_matches === false) differ += 1;
      }
      flushSync(onDone);
      const named = sources.length === 1 ? inertText(sources[0]?.file ?? "") : counted(sources.length, "source");
      const warned = differ === 0 ? "" : ` ${counted(differ, "stated digest")} differ${differ === 1 ? "s" : ""}.`;
      session.say(`Recorded how ${named} came.${warned}`);
    } catch (fault) {
      setError(refusalOf(fault));
      setIsBusy(false);
    }
  };
  return { isBusy, error, save };
}
