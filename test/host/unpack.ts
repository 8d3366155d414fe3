import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

/** A browser and what its environment must hold. */
export interface Browser {
  executable: string;
  env: NodeJS.ProcessEnv;
}

/** Not by the package's own function: that takes whatever lies in its place, of any version, half-written or another's. */
const ARCHIVES = ["swiftshader", "fonts", "al2023"];

/** The Chromium inside the npm package, unpacked once (about 2 s, 220 MB). It is for Linux on x64 only. */
export async function packagedChromium(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("@sparticuz/chromium is for Linux on x64: name a Chrome or Chromium in EXHIBIT_BROWSER");
  const require = createRequire(import.meta.url);
  const root = path.resolve(path.dirname(require.resolve("@sparticuz/chromium")), "..");
  const { version } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
  const folder = path.join(cacheFolder(root), `chromium-${version}`);
  if (!fs.existsSync(folder)) await unpack(path.join(root, "bin"), folder);
  return { executable: path.join(folder, "chromium"), env: environment(folder) };
}

/** Beside the packages, so that it goes when they go; in a folder of this user's where they are read-only. */
function cacheFolder(root: string): string {
  const beside = path.resolve(root, "..", "..", ".cache", "exhibit");
  try {
    fs.mkdirSync(beside, { recursive: true });
    fs.accessSync(beside, fs.constants.W_OK);
    return beside;
  } catch {
    const own = path.join(os.homedir(), ".cache", "exhibit");
    fs.mkdirSync(own, { recursive: true });
    return own;
  }
}

/** Complete or absent: unpacked beside its place and moved there. Two processes may race; one's work is dropped. */
async function unpack(bin: string, folder: string): Promise<void> {
  const part = fs.mkdtempSync(`${folder}.`);
  const inflate = (from: string, to: string) =>
    pipeline(
      fs.createReadStream(path.join(bin, from)),
      createBrotliDecompress({ chunkSize: 1 << 20 }),
      fs.createWriteStream(path.join(part, to), { mode: 0o755 }),
    );
  await Promise.all([inflate("chromium.br", "chromium"), ...ARCHIVES.map((a) => inflate(`${a}.tar.br`, `${a}.tar`))]);
  for (const archive of ARCHIVES) {
    execFileSync("tar", ["-xf", path.join(part, `${archive}.tar`), "-C", part]);
    fs.rmSync(path.join(part, `${archive}.tar`));
  }
  const fonts = `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`;
  fs.writeFileSync(path.join(part, "fonts.conf"), fonts);
  try {
    fs.renameSync(part, folder);
  } catch (e) {
    fs.rmSync(part, { recursive: true, force: true });
    if (!fs.existsSync(folder)) throw e;
  }
}

/** A bare machine lacks NSS, NSPR and fonts: the package brings them. Where the system has them, its own are used. */
function environment(folder: string): NodeJS.ProcessEnv {
  const env = { ...process.env };
  if (!fs.existsSync("/etc/fonts/fonts.conf")) env.FONTCONFIG_FILE = path.join(folder, "fonts.conf");
  const starts = () => spawnSync(path.join(folder, "chromium"), ["--version"], { env, stdio: "ignore" }).status === 0;
  if (starts()) return env;
  env.LD_LIBRARY_PATH = [path.join(folder, "lib"), env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  if (starts()) return env;
  throw new Error(`${folder}/chromium does not start, with the system's libraries or its own`);
}
