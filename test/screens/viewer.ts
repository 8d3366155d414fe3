import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { unpacked } from "../bundles/unpacked.ts";
import { plainBrowser } from "../host/plain-browser.ts";
import { withFewColours } from "./png.ts";

/** The viewer of a bundle, from a disk as its reader has it: `viewer.png` and `viewer-calls.png`. */
export async function takeViewer(zip: string, out: string): Promise<void> {
  const address = pathToFileURL(path.join(await unpacked(zip, path.dirname(zip)), "data/index.html")).href;
  const browser = await plainBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
    const take = async (name: string) =>
      fs.writeFileSync(path.join(out, `${name}.png`), withFewColours(await page.screenshot()));
    await page.goto(address);
    await take("viewer");
    await page.goto(`${address}#calls/level:obtained%20time:last60d`);
    await page.locator("#calls tbody a").nth(3).click();
    await page.locator(".detail pre").waitFor();
    await take("viewer-calls");
  } finally {
    await browser.close();
  }
}
