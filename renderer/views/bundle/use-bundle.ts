import { useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { given } from "../../../shared/base/given.ts";
import type { BundleReply } from "../../../shared/contract/bundle.ts";
import type { Chosen } from "../../../shared/contract/chosen.ts";
import { DISPOSITIONS, type Disposition } from "../../../shared/model/finding.ts";
import { ask, desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useReadOnly, useSession, useShared } from "../../session/session.tsx";
import { useVerification, type Verification } from "../verify/use-verification.ts";

/** What is chosen for the bundle. */
export interface BundleChoices {
  /** The calls of this filter too; absent: no others. */
  readonly filter: string | undefined;
  /** The states as they are asked for; absent: of every finding. */
  readonly findings: Disposition[] | undefined;
  /** As it is written now; undefined: none is wanted. */
  readonly written: string | undefined;
  /** A dossier of this developer alone, by id; absent: of the whole case. */
  readonly developer: string | undefined;
  readonly originals: boolean;
  readonly compact: boolean;
  /** For whom, of which matter and why; empty: not said. */
  readonly said: Said;
  /** Only the calls of findings in these states; all four: of every finding. */
  readonly states: readonly Disposition[];
  /** The signing key; absent: not signed. */
  readonly key: ChosenKey | undefined;
  readonly passphrase: string;
  setFilter(filter: string | undefined): void;
  setDeveloper(developer: string | undefined): void;
  setOriginals(originals: boolean): void;
  setCompact(compact: boolean): void;
  say(said: Partial<Said>): void;
  setStates(states: readonly Disposition[]): void;
  setKey(key: ChosenKey | undefined): void;
  setPassphrase(passphrase: string): void;
}

/** A key that can sign, its fingerprint as `ssh-keygen -l` prints it, and whether it asks for a passphrase. */
export interface ChosenKey {
  readonly file: Chosen;
  readonly fingerprint: string;
  readonly isEncrypted: boolean;
}

/** What stands on the bundle of whoever gets it. */
export interface Said {
  readonly for: string;
  readonly matter: string;
  readonly reason: string;
}

/** A bundle, and where it was saved. */
export type MadeBundle = BundleReply & { readonly file: Chosen };

interface BundleActs {
  readonly choices: BundleChoices;
  readonly isMaking: boolean;
  /** Absent: none is made yet, or another is wanted. */
  readonly made: MadeBundle | undefined;
  readonly refused: RefusalData | undefined;
  readonly verification: Verification;
  /** Why no bundle can be made. */
  readonly why: string | undefined;
  chooseKey(): Promise<void>;
  create(): Promise<void>;
  forget(): void;
}

/** What the case bar calls it. */
export const JOB = "Create bundle";

/** Chooses, makes and then verifies a bundle. */
export function useBundle(): BundleActs {
  const session = useSession();
  const title = useShared((state) => state.info?.title ?? "case");
  const readOnly = useReadOnly();
  const isImporting = useShared((state) => state.jobs.some((job) => job.title.startsWith("Import ")));
  const [written, setFilter] = useState<string>();
  const [developer, setDeveloper] = useState<string>();
  const [withOriginals, setOriginals] = useState(false);
  const [compact, setCompact] = useState(false);
  const [said, setSaid] = useState<Said>({ for: "", matter: "", reason: "" });
  const [key, setKey] = useState<ChosenKey>();
  const [states, setStates] = useState<readonly Disposition[]>(DISPOSITIONS);
  const [passphrase, setPassphrase] = useState("");
  const [isMaking, setIsMaking] = useState(false);
  const [made, setMade] = useState<MadeBundle>();
  const [refused, setRefused] = useState<RefusalData>();
  const verification = useVerification();
  // They hold the lines of others.
  const originals = withOriginals && developer === undefined;
  const filter = written?.trim() ? written : undefined;
  const findings = developer === undefined && states.length < DISPOSITIONS.length ? [...states] : undefined;

  const chooseKey = async () => {
    setRefused(undefined);
    try {
      const [file] = (await desktop("chooseFiles", { kind: "key", many: false })).files;
      if (file === undefined) return;
      // What is no key is said where it is chosen; the one of before stays.
      setKey({ file, ...(await desktop("signingKey", { file })) });
      setPassphrase("");
    } catch (error) {
      setRefused(refusalOf(error));
    }
  };
  const create = async () => {
    setRefused(undefined);
    setMade(undefined);
    verification.forget();
    try {
      const { file } = await desktop("chooseSave", { name: `${slug(title)}.zip`, title: "Create bundle" });
      if (file === undefined) return;
      setIsMaking(true);
      const input = {
        out: file,
        ...{ originals, compact },
        ...given({ filter, developer, findings, key: key?.file }),
        ...Object.fromEntries(Object.entries(said).filter(([, text]) => text.trim() !== "")),
        ...(passphrase === "" ? {} : { passphrase }),
      };
      const reply = await session.work(JOB, "Cancel", (hooks) => ask("bundle", input, hooks));
      setMade({ ...reply, file });
      setPassphrase("");
      verification.check({ target: file, recompute: true });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.code !== "cancelled") setRefused(refusal);
      else session.say("The bundle was stopped. No file was left.");
    } finally {
      setIsMaking(false);
    }
  };
  return {
    choices: {
      ...{ filter, written, states, findings, developer, originals, compact, said, key, passphrase },
      ...{ setFilter, setStates, setDeveloper, setOriginals, setCompact, setKey, setPassphrase },
      say: (more) => setSaid((before) => ({ ...before, ...more })),
    },
    isMaking,
    made,
    refused,
    verification,
    chooseKey,
    create,
    why: readOnly ?? (isImporting ? "An import is under way: the bundle waits for it" : undefined),
    forget: () => setMade(undefined),
  };
}

/** A file name that every system takes. */
function slug(title: string): string {
  return (
    title
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 40) || "case"
  );
}
