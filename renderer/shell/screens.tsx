import { type ComponentType, lazy } from "react";
import type { Screen } from "../session/places.ts";
import { Bundle } from "../views/bundle/bundle.tsx";
import { Changes } from "../views/changes/changes.tsx";
import { Claims } from "../views/claims/claims.tsx";
import { Clocks } from "../views/clocks/clocks.tsx";
import { Coverage } from "../views/coverage/coverage.tsx";
import { Custody } from "../views/custody/custody.tsx";
import { Developer } from "../views/developer/developer.tsx";
import { Developers } from "../views/developers/developers.tsx";
import { Import } from "../views/import/import.tsx";
import { PolicyScreen } from "../views/policy/policy.tsx";
import { RegistryScreen } from "../views/registry/registry.tsx";
import { Remedy } from "../views/remedy/remedy.tsx";
import { SettingsScreen } from "../views/settings/settings.tsx";
import { Sources } from "../views/sources/sources.tsx";
import { Start } from "../views/start/start.tsx";
import { Verify } from "../views/verify/verify.tsx";

/** The grid and the charts are two megabytes: read when the screen is first shown, each in a turn of its own. */
const Explore = lazy(async () => {
  await import("../parts/grid/frame.tsx");
  await import("echarts/core");
  await import("../parts/histogram/chart.ts");
  return { default: (await import("../views/explore/explore.tsx")).Explore };
});
/** Its chart is half a megabyte: read when the screen is first shown. */
const Answer = lazy(async () => ({ default: (await import("../views/answer/answer.tsx")).Answer }));

/** What each screen shows. */
export const VIEWS: Partial<Record<Screen, ComponentType>> = {
  start: Start,
  sources: Sources,
  import: Import,
  policy: PolicyScreen,
  registry: RegistryScreen,
  explore: Explore,
  answer: Answer,
  developers: Developers,
  developer: Developer,
  claims: Claims,
  coverage: Coverage,
  remedy: Remedy,
  clocks: Clocks,
  changes: Changes,
  bundle: Bundle,
  custody: Custody,
  verify: Verify,
  settings: SettingsScreen,
};
