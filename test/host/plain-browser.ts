import { type Browser, chromium } from "playwright-core";
import { installedBrowser } from "./browser.ts";
import { packagedChromium } from "./unpack.ts";

/** A browser as a reader of a bundle has it: nothing of the app is in it. */
export async function plainBrowser(): Promise<Browser> {
  const installed = installedBrowser();
  const { executable, env } =
    installed === undefined ? await packagedChromium() : { executable: installed, env: process.env };
  return chromium.launch({
    executablePath: executable,
    env: env as Record<string, string>,
    args: ["--no-sandbox", "--headless=old"],
  });
}
