import fs from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import type { Launched } from "../host/launch.ts";
import { INCIDENT_FILTER } from "./incident.ts";

type Shown = Pick<Launched, "page" | "answer">;

interface Screen {
  readonly name: string;
  /** Goes there as a person would. `folder`: the sample incident's. */
  show(app: Shown, folder: string): Promise<void>;
}

/** A sheet as people keep it: a title, days without a clock, a column that nobody knows, and one of no use. */
const GRANTS = `Partner review, as of November 2019
App ID;Permission;Granted on;Access lost;Reviewed by
104802;groups_member_info;2018-01-15;2019-08-16;R. Vale
104802;groups_member_info;2018-03-01;;R. Vale
999999;groups_member_info;2018-02-01;n/a;R. Vale
`;

/** The main screens of the window, each on the case of the sample incident. */
export const SCREENS: readonly Screen[] = [
  { name: "explore", show: ({ page }) => explore(page) },
  {
    name: "compare",
    async show({ page }) {
      await explore(page);
      await page.keyboard.press("v");
      const field = page.getByLabel("Second filter");
      await field.fill("api:groups level:obtained time:last60d");
      await field.press("Enter");
    },
  },
  { name: "answer", show: ({ page }) => go(page, 3) },
  { name: "developers", show: ({ page }) => go(page, 4) },
  {
    name: "lanes",
    async show({ page }) {
      await go(page, 4);
      await view(page, "Lanes");
      await settled(page);
    },
  },
  {
    name: "developer",
    async show({ page }) {
      await go(page, 4);
      await view(page, "Table");
      await page.getByRole("grid").focus();
      for (let row = 0; row < 9; row++) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
    },
  },
  { name: "claims", show: ({ page }) => go(page, 5) },
  { name: "policy", show: ({ page }) => chord(page, "p") },
  { name: "registry", show: ({ page }) => chord(page, "y") },
  {
    name: "remedy",
    async show({ page }) {
      await go(page, 6);
      await view(page, "Board");
    },
  },
  {
    name: "remedy-table",
    async show({ page }) {
      await go(page, 6);
      await view(page, "Table");
    },
  },
  { name: "clocks", show: ({ page }) => chord(page, "k") },
  { name: "coverage", show: ({ page }) => go(page, 7) },
  { name: "bundle", show: ({ page }) => go(page, 8) },
  { name: "custody", show: ({ page }) => go(page, 9) },
  { name: "sources", show: ({ page }) => go(page, 1) },
  {
    name: "registry-import",
    async show({ page, answer }, folder) {
      const file = path.join(folder, "Partner grants (corrected).csv");
      fs.writeFileSync(file, GRANTS);
      await answer("showOpenDialog", { canceled: false, filePaths: [file] });
      await go(page, 1);
      await page.getByRole("button", { name: "Import registry" }).click();
      await page.getByRole("combobox", { name: "Access lost is" }).selectOption("revoked_at");
      await page.getByRole("region", { name: "What it would do" }).waitFor();
    },
  },
  {
    name: "import",
    async show({ page, answer }, folder) {
      const filePaths = ["3-frontend.log", "1-gateway-2019.csv"].map((file) =>
        path.join(folder, "more", "exports", file),
      );
      await answer("showOpenDialog", { canceled: false, filePaths });
      await go(page, 1);
      await page.keyboard.press("Control+I");
      await page.locator(".import-preview table").first().waitFor({ timeout: 60_000 });
    },
  },
  {
    name: "verify",
    async show({ page, answer }, folder) {
      await answer("showOpenDialog", { canceled: false, filePaths: [path.join(folder, "groups.zip")] });
      await command(page, "Verify a bundle");
      await page.getByRole("button", { name: "Choose a bundle" }).click();
      await page.getByRole("button", { name: "Check again" }).waitFor({ timeout: 120_000 });
    },
  },
  { name: "settings", show: ({ page }) => page.keyboard.press("Control+,") },
  {
    name: "help",
    async show({ page }) {
      await go(page, 5);
      await page.keyboard.press("F1");
    },
  },
  {
    name: "keys",
    async show({ page }) {
      await go(page, 5);
      await page.keyboard.press("?");
    },
  },
  {
    name: "palette",
    async show({ page }) {
      await go(page, 3);
      await openPalette(page);
      await page.keyboard.type("zep");
    },
  },
  // the last one: the case is closed for it
  { name: "start", show: ({ page }) => command(page, "Close case") },
];

/** Screens in the rail's order, from 1. */
async function go(page: Page, screen: number): Promise<void> {
  await page.keyboard.press(`Control+${screen}`);
  await settled(page);
}

/** The screens without a digit: `g` and a letter. */
async function chord(page: Page, letter: string): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press(letter);
  await settled(page);
}

async function view(page: Page, name: string): Promise<void> {
  await page
    .getByLabel("View", { exact: true })
    .getByText(new RegExp(`^${name}`, "u"))
    .click();
}

async function command(page: Page, title: string): Promise<void> {
  await openPalette(page);
  await page.keyboard.type(title);
  await settled(page);
  await page.keyboard.press("Enter");
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("Control+K");
  await page.locator(".bp6-omnibar input:focus").waitFor();
}

/** The incident's calls, three of them chosen. */
async function explore(page: Page): Promise<void> {
  await go(page, 2);
  await page.keyboard.press("/");
  await page.keyboard.insertText(INCIDENT_FILTER);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await settled(page);
  await page.keyboard.press("Control+Home");
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown"])
    await page.keyboard.press(key);
}

/** Waits until nothing is asked, read or drawn any more. */
export async function settled(page: Page): Promise<void> {
  // what comes later than an answer: people and gaps over the bars
  await page.waitForTimeout(1000);
  await page.waitForFunction(
    () => document.querySelector(".skeleton, .dimmed, .count-updating, .bp6-spinner, .job") === null,
  );
  await page.evaluate(() => document.fonts.ready);
}
