import path from "node:path";
import { expect, test } from "vitest";
import { formatsPage } from "../manual/formats-page.ts";
import { commandsPage, errorsPage } from "../manual/reference-pages.ts";

const help = (name: string) => path.resolve(import.meta.dirname, "../../resources/help", name);

// `npx vitest run test/house/help.test.ts -u` writes them anew.
test("the manual's command reference is what the commands themselves say", async () => {
  await expect(commandsPage()).toMatchFileSnapshot(help("commands.md"));
});

test("the manual's table of formats is what their files and samples say", async () => {
  await expect(formatsPage()).toMatchFileSnapshot(help("formats.md"));
});

test("the manual's error reference is the table of errors", async () => {
  await expect(errorsPage()).toMatchFileSnapshot(help("errors.md"));
});
