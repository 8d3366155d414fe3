import { type ReactNode, Suspense, useEffect } from "react";
import { COMMAND_IDS, commandOf } from "../../shared/contract/commands.ts";
import { useKeptFocus } from "../commands/keep-focus.ts";
import { useKeyboard } from "../commands/keyboard.ts";
import { useReleasedKeys } from "../commands/released-keys.ts";
import { desktop } from "../session/client.ts";
import type { Screen } from "../session/places.ts";
import { useSession, useShared } from "../session/session.tsx";
import { HelpDrawer } from "../views/help/drawer.tsx";
import { TakeReview } from "../views/review/review.tsx";
import { RegistryPreview } from "../views/sources/registry-preview.tsx";
import { CaseBar } from "./case-bar.tsx";
import { Crashed } from "./crashed.tsx";
import { Dropped } from "./dropped.tsx";
import { GlobalCommands } from "./global-commands.tsx";
import { KeysOverlay } from "./keys-overlay.tsx";
import { Palette } from "./palette.tsx";
import { Rail } from "./rail.tsx";
import { Fault } from "./screen-fault.tsx";
import { VIEWS } from "./screens.tsx";
import { StatusBar } from "./status-bar.tsx";

/** The window: rail, case bar, one screen, status bar, and what may lie above them. */
export function Frame(): ReactNode {
  const session = useSession();
  const screen = useShared((state) => state.history.here.screen);
  const of = useShared(({ history: { here } }) => (SCREENS_OF_SEVERAL.has(here.screen) ? "" : (here.of ?? "")));
  const title = useShared((state) => state.info?.title);
  const folder = useShared((state) => state.info?.case);
  useKeyboard(session);
  useKeptFocus(screen);
  useReleasedKeys();
  useMenuStates();

  useEffect(() => {
    document.title = title === undefined ? "Exhibit" : `${title} - Exhibit`;
  }, [title]);

  const View = VIEWS[screen];
  return (
    <div className="frame">
      <GlobalCommands />
      <Rail />
      <CaseBar />
      <main className="screen" aria-label="Screen" key={`${folder} ${screen} ${of}`}>
        <Fault>
          <Suspense>{View && <View />}</Suspense>
        </Fault>
      </main>
      <StatusBar />
      <Palette />
      <KeysOverlay />
      <HelpDrawer />
      <RegistryPreview />
      <TakeReview />
      <Dropped />
      <Crashed />
    </div>
  );
}

/** Screens that follow what they are of by themselves: a list, a second filter. */
const SCREENS_OF_SEVERAL: ReadonlySet<Screen> = new Set(["developers", "explore", "policy", "registry", "remedy"]);

/** Tells the native menu which commands have somebody to answer them. */
function useMenuStates(): void {
  const { commands } = useSession();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let told = "";
    const tell = () => {
      const enabled = COMMAND_IDS.filter((id) => !commandOf(id).isNative && commands.find(id)?.isEnabled);
      if (enabled.join() === told) return;
      told = enabled.join();
      // a menu that is grey for longer than it should be is no fault worth a message
      desktop("enableCommands", { enabled }).catch(() => {
        told = "";
      });
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(tell, 50);
    };
    later();
    const stop = commands.subscribe(later);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [commands]);
}
