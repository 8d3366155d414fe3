import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import type { EXPLORE_REQUESTS } from "../../shared/contract/explore.ts";
import { FACETS, facet } from "../query/results/facets.ts";
import { histogram } from "../query/results/histogram.ts";
import type { HandlersOf } from "./handlers.ts";
import { callDetail } from "./requests/call-detail.ts";
import { page } from "./requests/event-page.ts";
import { explore, rowsAt, seek } from "./requests/explore.ts";
import { valuesOf } from "./requests/facet-values.ts";
import { overview } from "./requests/overview.ts";
import { forgetFilter, savedFilters, saveFilter } from "./requests/saved-filters.ts";
import { search } from "./requests/search-text.ts";

export const EXPLORE_HANDLERS: HandlersOf<typeof EXPLORE_REQUESTS> = {
  query: (session, { filter, rows, facets, histogram: buckets }) => {
    const { dataset } = session.inquiry;
    const selection = session.selection(filter);
    const { positions } = selection;
    const unknown = facets?.find((field) => !FACETS.includes(field));
    if (unknown !== undefined)
      throw new Refusal(
        "column-unknown",
        `"${unknown}" cannot be counted by value`,
        `choose one of ${FACETS.join(", ")}`,
      );
    return {
      filter,
      count: positions.length,
      ...(rows ? { events: page(session, filter, rows) } : {}),
      ...(facets
        ? { facets: Object.fromEntries(facets.map((field) => [field, facet(dataset, field, selection)])) }
        : {}),
      ...(buckets === undefined ? {} : { histogram: histogram(dataset, positions, buckets) }),
    };
  },
  stack: async ({ inquiry }, { fields, ...asked }) => {
    const { stackOf } = await import("../findings/answers/stack.ts");
    return stackOf(inquiry, { ...asked, by: fields });
  },
  stackFile: async (session, { file, format, by, fields, ...asked }) => {
    const { writeStack } = await import("./requests/stack-file.ts");
    return writeStack(session, { file, format, by, asked: { ...asked, by: fields } });
  },
  explore: async (session, input, hooks) => {
    await search(session, input.filter, hooks);
    return explore(session, input);
  },
  overview: async (session, input, hooks) => {
    await search(session, input.filter, hooks);
    return overview(session, input, hooks);
  },
  rows: (session, input) => ({ rows: rowsAt(session, input), revision: session.revision }),
  values: (session, input) => valuesOf(session, input),
  seek: (session, input) => seek(session, input),
  call: (session, { event, more }) => callDetail(session, event, more),
  savedFilters: ({ caseFile }) => ({ filters: savedFilters(caseFile) }),
  saveFilter: ({ caseFile }, input) => ({ filters: saveFilter(caseFile, given(input)) }),
  forgetFilter: ({ caseFile }, { name, by }) => ({ filters: forgetFilter(caseFile, name, by) }),
  export: async (session, input, hooks) => {
    const { exportEvents } = await import("./requests/export-events.ts");
    return exportEvents(session, input, hooks);
  },
};
