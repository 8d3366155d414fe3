/**
 * Builds the app for development into a folder of its own, then the page again whenever one of its sources changes. Every
 * build of the page ends with a new time on the stamp, which the windows of window.js wait for.
 *
 * The app loads nothing but its own files by its own scheme, in development too: the page is not served by anybody, it is
 * built. So the product needs no exception, and whatever differs (source maps, React's warnings, names as they are written)
 * differs in this folder only, which nothing else is made from.
 */
import fs from "node:fs";
import { createBuilder, mergeConfig } from "vite";
import { buildInto } from "../../vite.config.ts";
import { OUT, STAMP } from "./place.js";

process.env.NODE_ENV = "development";
const names = { entryFileNames: "[name].js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" };
const builder = await createBuilder(
  mergeConfig(buildInto(OUT), {
    configFile: false,
    mode: "development",
    logLevel: "warn",
    // Inline: the scheme's handler gives out no maps, and Chromium and Node both find them there.
    build: { sourcemap: "inline", minify: false },
    environments: { client: { build: { watch: {}, rolldownOptions: { output: names } } } },
  }),
);
const { client, ...behind } = builder.environments;
await Promise.all(Object.values(behind).map((environment) => builder.build(environment)));
const watcher = await builder.build(client!);
if (!("on" in watcher)) throw new Error("the page is not watched");
let began = 0;
watcher.on("event", (event) => {
  if (event.code === "START") began = Date.now();
  if (event.code === "ERROR") console.error(event.error.message);
  if (event.code !== "END") return;
  fs.writeFileSync(STAMP, new Date().toISOString());
  console.log(`The page is built (${((Date.now() - began) / 1000).toFixed(1)} s).`);
  process.send?.("built");
});
