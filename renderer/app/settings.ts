import { z } from "zod";

/** What this machine remembers: never part of a case. */
const SETTINGS = z.object({
  theme: z.enum(["system", "light", "dark"]).catch("system"),
  /** Whether keys without Ctrl, Alt or Cmd are commands. */
  singleKeys: z.boolean().catch(true),
  showFacets: z.boolean().catch(true),
  showDetail: z.boolean().catch(true),
  /** Widths, columns and their like, by the part they belong to. */
  layout: z.record(z.string(), z.unknown()).catch({}),
});
export type Settings = z.output<typeof SETTINGS>;

export const DEFAULTS: Settings = { theme: "system", singleKeys: true, showFacets: true, showDetail: true, layout: {} };

/** What was stored, as far as it can be read; the rest as it is from the start. */
export function settingsFrom(stored: string | null): Settings {
  if (stored === null) return DEFAULTS;
  try {
    return SETTINGS.parse(JSON.parse(stored));
  } catch {
    return DEFAULTS;
  }
}

export function themeOf(settings: Settings, systemIsDark: boolean): "light" | "dark" {
  if (settings.theme === "system") return systemIsDark ? "dark" : "light";
  return settings.theme;
}
