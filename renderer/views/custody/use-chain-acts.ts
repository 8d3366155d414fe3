import { useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import { ask, desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useSession } from "../../session/session.tsx";
import { useCommand } from "../../session/use-command.ts";
import { counted } from "../../text/format.ts";

interface ChainActs {
  /** Absent: the chain was not checked yet. */
  readonly verdict: Reply<"custody"> | undefined;
  readonly isVerifying: boolean;
  readonly refused: RefusalData | undefined;
  verify(): Promise<void>;
  checkpoint(): Promise<void>;
}

/** Checks the chain, and writes a checkpoint of it to keep outside the case. */
export function useChainActs(): ChainActs {
  const session = useSession();
  const [verdict, setVerdict] = useState<Reply<"custody">>();
  const [isVerifying, setIsVerifying] = useState(false);
  const [refused, setRefused] = useState<RefusalData>();
  const verify = async () => {
    setRefused(undefined);
    setIsVerifying(true);
    try {
      setVerdict(await ask("custody", {}));
    } catch (error) {
      setRefused(refusalOf(error));
    } finally {
      setIsVerifying(false);
    }
  };
  const checkpoint = async () => {
    setRefused(undefined);
    try {
      const { file } = await desktop("chooseSave", { name: "checkpoint.json", title: "Write a checkpoint" });
      if (file === undefined) return;
      const written = await session.act("checkpoint", { file });
      session.say(`Checkpoint written: ${counted(written.entries, "entry", "entries")}. Keep it outside the case.`);
    } catch (error) {
      setRefused(refusalOf(error));
    }
  };
  useCommand("custody.verify", () => void verify());
  useCommand("custody.checkpoint", () => void checkpoint());
  return { verdict, isVerifying, refused, verify, checkpoint };
}
