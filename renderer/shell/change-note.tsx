import { type ReactNode, useState } from "react";
import type { CaseChanges } from "../../shared/model/accountability/changes.ts";
import { usePlace, useSession, useShared } from "../session/session.tsx";
import { useAsk } from "../session/use-ask.ts";
import { counted, minute } from "../text/format.ts";

/** What an act makes a sentence of. */
const ACT_WORDS: Readonly<Record<string, string>> = {
  import: "The import",
  remap: "The new reading",
  withdraw: "The withdrawal",
  restore: "The return of a source",
  registry: "The registry",
  policy: "The policy",
  claims: "The claims",
};

/** What the last change of the case did to what was found, said once, on every screen, until it was looked at. */
export function ChangeNote(): ReactNode {
  const session = useSession();
  const hasPolicy = useShared((state) => state.policy !== undefined);
  const { screen } = usePlace();
  const [seen, setSeen] = useState("");
  const { changes } = useAsk("changes", hasPolicy ? { kept: true } : undefined).reply ?? {};
  const said = changes && sentenceOf(changes);
  if (!changes || !said || said.key === seen || screen === "changes") return null;
  const show = () => {
    setSeen(said.key);
    session.go({ screen: "changes", of: `${changes.before}-` });
  };
  return (
    <span className={said.isBad ? "badge warning change-note" : "badge change-note"} role="status">
      <span className="cut">{said.text}</span>{" "}
      <button type="button" className="link" onClick={show}>
        {said.isSteps ? "Show them" : "Show"}
      </button>{" "}
      <button type="button" className="link" onClick={() => setSeen(said.key)}>
        Hide
      </button>
    </span>
  );
}

interface Said {
  readonly key: string;
  readonly text: string;
  readonly isBad: boolean;
  readonly isSteps: boolean;
}

/** The worst of it, in one sentence; nothing where nothing is otherwise. */
function sentenceOf({ before, acts, findings, no_longer_hold: fallen, claims, remedy }: CaseChanges): Said | undefined {
  const last = acts.findLast(({ act }) => ACT_WORDS[act] !== undefined);
  if (last === undefined) return undefined;
  const who = `${ACT_WORDS[last.act]} at ${minute(last.at).slice(11)}`;
  const key = `${before} ${last.seq}`;
  const worse = remedy.filter((step) => step.is_worse).length;
  const otherwise = findings.filter(({ change }) => change !== "decision").length;
  if (worse > 0)
    return { key, text: `${who} contradicts ${counted(worse, "remedy step")}.`, isBad: true, isSteps: true };
  if (fallen.length > 0)
    return {
      key,
      text: `${who} leaves ${counted(fallen.length, "confirmed finding")} without anything found.`,
      isBad: true,
      isSteps: false,
    };
  if (otherwise > 0)
    return { key, text: `${who} changed ${counted(otherwise, "finding")}.`, isBad: false, isSteps: false };
  if (claims.length > 0)
    return { key, text: `${who} turned ${counted(claims.length, "claim")}.`, isBad: false, isSteps: false };
  return undefined;
}
