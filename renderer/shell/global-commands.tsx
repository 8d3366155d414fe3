import type { ReactNode } from "react";
import type { CommandId } from "../../shared/contract/commands.ts";
import { moveRegion } from "../commands/regions.ts";
import { useCaseActs } from "../session/case-acts.ts";
import { desktop } from "../session/client.ts";
import type { Screen } from "../session/places.ts";
import { back, forward } from "../session/places.ts";
import { refusalOf } from "../session/refusal.ts";
import { useReadOnly, useSession, useShared } from "../session/session.tsx";
import { type Overlay, withHistory, withOverlay } from "../session/state.ts";
import { useCommand } from "../session/use-command.ts";
import { RAIL } from "./rail.tsx";
import { useUndo } from "./use-undo.ts";

const NO_CASE = "Open a case first";

/** The commands that mean the same on every screen. */
export function GlobalCommands(): ReactNode {
  const session = useSession();
  const acts = useCaseActs();
  const readOnly = useReadOnly();
  const isOpen = useShared((state) => state.info !== undefined);
  const hasPast = useShared((state) => state.history.past.length > 0);
  const hasFuture = useShared((state) => state.history.future.length > 0);
  const text = useShared((state) => state.history.here.text);
  const folder = useShared((state) => state.info?.case);
  const inCase = { enabled: isOpen, why: isOpen ? undefined : NO_CASE };
  const inWritable = isOpen && readOnly !== undefined ? { enabled: false, why: readOnly } : inCase;
  const show = (overlay: Overlay) =>
    session.store.update((state) => withOverlay(state, state.overlay ? undefined : overlay));
  const copy = (what: string) =>
    desktop("copyText", { text: what }).then(
      () => session.say("Copied."),
      (error: unknown) => session.say("", { error: refusalOf(error) }),
    );
  const { run: undo, undoState, redoState } = useUndo(inWritable);

  useCommand("case.new", acts.create);
  useCommand("case.open", acts.open);
  useCommand("case.sample", acts.sample);
  useCommand("case.close", acts.close, inCase);
  useCommand("bundle.verify", () => session.go({ screen: "verify", of: "" }));
  useCommand("logs.import", acts.importLogs, inWritable);
  useCommand("registry.import", acts.importRegistry, inWritable);
  useCommand("policy.import", acts.importPolicy, inWritable);
  useCommand("claims.import", acts.importClaims, inWritable);
  useCommand("review.take", acts.takeReview, inWritable);
  useCommand("bundle.create", () => session.go({ screen: "bundle" }), inCase);
  useCommand("settings", () => session.go({ screen: "settings" }));
  useCommand("print", () => void desktop("print", {}));
  useCommand("undo", () => undo("undo"), undoState);
  useCommand("redo", () => undo("redo"), redoState);
  useCommand("copy.filter", () => void copy(text), inCase);
  useCommand("copy.command", () => void copy(`exhibit query ${shellWord(folder ?? "")} ${shellWord(text)}`), inCase);
  useCommand("palette", () => show({ kind: "palette" }));
  useCommand("keys", () => show({ kind: "keys" }));
  useCommand("help", () => show({ kind: "help" }));
  useCommand("help.filter", () => show({ kind: "help", page: "filter" }));
  useCommand("help.levels", () => show({ kind: "help", page: "levels" }));
  useCommand("help.bundle", () => show({ kind: "help", page: "bundle" }));
  useCommand("about", () => session.go({ screen: "settings" }));
  useCommand("theme.system", () => session.change({ theme: "system" }));
  useCommand("theme.light", () => session.change({ theme: "light" }));
  useCommand("theme.dark", () => session.change({ theme: "dark" }));
  useCommand("back", () => session.store.update((state) => withHistory(state, back)), {
    enabled: hasPast,
    why: "There is nothing to go back to",
  });
  useCommand("forward", () => session.store.update((state) => withHistory(state, forward)), {
    enabled: hasFuture,
    why: "There is nothing to go forward to",
  });
  useCommand("region.next", () => moveRegion(1));
  useCommand("region.previous", () => moveRegion(-1));
  useCommand("go.policy", () => session.go({ screen: "policy" }), inCase);
  useCommand("go.registry", () => session.go({ screen: "registry" }), inCase);
  useCommand("go.clocks", () => session.go({ screen: "clocks" }), inCase);
  useCommand("go.changes", () => session.go({ screen: "changes" }), inCase);
  useCommand("policy.filter", () => session.go({ screen: "policy", of: "from the filter" }), {
    enabled: inWritable.enabled && text.trim() !== "",
    why: inWritable.why ?? (text.trim() === "" ? "Explore has no filter now" : undefined),
  });
  return RAIL.map(({ screen }) => <GoCommand key={screen} id={`go.${screen}`} screen={screen} isOpen={isOpen} />);
}

function GoCommand({ id, screen, isOpen }: { id: CommandId; screen: Screen; isOpen: boolean }): ReactNode {
  const session = useSession();
  useCommand(id, () => session.go({ screen }), { enabled: isOpen, why: isOpen ? undefined : NO_CASE });
  return null;
}

/** One word for a POSIX shell: nothing in it is read by the shell. */
function shellWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
