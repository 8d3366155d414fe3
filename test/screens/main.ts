import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { hostName, launch } from "../host/launch.ts";
import { makeIncident } from "./incident.ts";
import { withFewColours } from "./png.ts";
import { takeReport } from "./report.ts";
import { SCREENS, settled } from "./screens.ts";
import { takeViewer } from "./viewer.ts";

/** What `npm run screenshots` runs: the main screens of the real app on the sample incident, as `docs/screens/NAME.png`. */

const ROWS = 100_000;
/** Screens that are shown in the dark theme too. */
const DARK = ["explore", "answer"];

const root = path.resolve(import.meta.dirname, "../..");
const out = path.join(root, "docs", "screens");
// a name that may be seen: the folders of cases are shown
const folder = path.join(os.tmpdir(), "incident");
fs.rmSync(folder, { recursive: true, force: true });
const app = await launch({ main: root, args: [await makeIncident(folder, ROWS)] });
try {
  fs.rmSync(out, { recursive: true, force: true });
  fs.mkdirSync(out, { recursive: true });
  for (const theme of ["dark", "light"] as const) {
    await app.page.evaluate((theme) => window.exhibit.desktop("theme", "changeSettings", { theme }), theme);
    for (const { name, show } of SCREENS.filter((each) => theme === "light" || DARK.includes(each.name))) {
      await show(app, folder);
      await settled(app.page);
      const file = path.join(out, theme === "dark" ? `${name}-dark.png` : `${name}.png`);
      fs.writeFileSync(file, withFewColours(await app.page.screenshot({ animations: "disabled", caret: "hide" })));
      for (let steps = 0; steps < 3; steps++) await app.page.keyboard.press("Escape");
    }
  }
} finally {
  await app.close();
}
await takeViewer(path.join(folder, "groups.zip"), out);
await takeReport(path.join(folder, "groups.zip"), out);
fs.rmSync(folder, { recursive: true, force: true });
const files = fs.readdirSync(out);
const bytes = files.reduce((sum, file) => sum + fs.statSync(path.join(out, file)).size, 0);
console.log(`${files.length} screens, ${Math.round(bytes / 1000)} kB, on ${hostName}: ${path.relative(root, out)}`);
