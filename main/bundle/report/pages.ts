import { methodText } from "./method-text.ts";
import { openPage } from "./open-page.ts";
import type { PageInput } from "./page-input.ts";
import { reportPage } from "./report-page.ts";
import type { TagTextOptions } from "./tag-texts.ts";

/** The pages of the payload, by their path in the bag. */
export const payloadPages = (input: PageInput): ReadonlyMap<string, string> =>
  new Map([
    ["data/METHOD.txt", methodText(input.about, input.policy)],
    ["data/index.html", reportPage(input)],
  ]);

/** What the files beside `data` are made from. */
export const tagTextOptions = (input: PageInput): TagTextOptions => ({
  name: input.about.name,
  date: input.about.at.slice(0, 10),
  software: input.about.software,
  info: [
    ["Contact-Name", input.about.examiner],
    ["External-Description", input.about.title],
  ],
  openPage: openPage(input.about, input.key !== undefined),
  key: input.key,
});
