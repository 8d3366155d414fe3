import { expect, test } from "vitest";
import { go, historyAt } from "../../../renderer/session/places.ts";
import {
  acted,
  changed,
  startOf,
  withApp,
  withChange,
  withHistory,
  withJob,
  withNotice,
  withOverlay,
  withoutJob,
  withoutNotice,
  withProgress,
} from "../../../renderer/session/state.ts";
import type { CaseInfo } from "../../../shared/contract/case.ts";
import type { AppState } from "../../../shared/contract/desktop.ts";

const settings: AppState["settings"] = {
  theme: "system",
  singleKeys: true,
  showFacets: true,
  showDetail: true,
  layout: {},
};
const empty: AppState = { version: "1", settings, dark: false };
const info: CaseInfo = {
  case: "/cases/groups",
  title: "Groups",
  examiner: "R. Vale",
  created: "2019-11-05T14:02:00Z",
  sources: 1,
  events: 5,
  unfinished: [],
  read_only: false,
  custody_head: "a",
};

test("without a case the window is at Start; an empty case begins at Sources, any other where it was left", () => {
  expect(startOf(empty).history.here.screen).toBe("start");
  expect(startOf({ ...empty, case: { ...info, events: 0 } }).history.here.screen).toBe("sources");
  const left = historyAt({ screen: "answer", text: "api:groups" });
  expect(startOf({ ...empty, case: info }, () => left).history).toBe(left);
});

test("news of the same case leave place and policy, and ask again only if an act was recorded", () => {
  const open = withHistory(startOf({ ...empty, case: info }), (history) => go(history, { screen: "custody" }));
  const same = withApp(open, { ...empty, case: info, dark: true });
  expect([same.history, same.revision, same.dark]).toEqual([open.history, open.revision, true]);
  expect(withApp(open, { ...empty, case: { ...info, custody_head: "b" } }).revision).toBe(open.revision + 1);
});

test("another case brings nothing of the one before", () => {
  const open = {
    ...startOf({ ...empty, case: info }),
    policy: {} as never,
    imports: [{}] as never,
    notice: {} as never,
  };
  const other = withApp(open, { ...empty, case: { ...info, case: "/cases/other" } });
  expect(other.policy).toBeUndefined();
  expect(other.imports).toEqual([]);
  expect(other.notice).toBeUndefined();
});

test("read-only says why, and stops saying it", () => {
  const open = startOf({
    ...empty,
    case: { ...info, read_only: true },
    readOnlyBecause: "open in another window since 2019-11-05T13:40:07.123Z",
  });
  expect(open.readOnlyWhy).toBe("Read-only: open in another window since 2019-11-05 13:40 UTC");
  expect(withApp(open, { ...empty, case: info }).readOnlyWhy).toBeUndefined();
});

test("jobs come and go in order, with their progress", () => {
  const state = startOf(empty);
  const two = withJob(withJob(state, { id: 2, title: "b" }), { id: 1, title: "a" });
  expect(two.jobs.map((job) => job.title)).toEqual(["a", "b"]);
  const progress = { what: "x", done: 1, unit: "bytes" } as const;
  expect(withProgress(two, 2, progress).jobs[1]?.progress).toBe(progress);
  expect(withoutJob(two, 1).jobs).toHaveLength(1);
});

test("a notice is taken away only if it is still the one shown", () => {
  const state = withNotice(startOf(empty), { id: 2, text: "later" });
  expect(withoutNotice(state, 1).notice?.text).toBe("later");
  expect(withoutNotice(state, 2).notice).toBeUndefined();
});

test("one overlay at a time; every act raises the revision", () => {
  const state = withOverlay(withOverlay(startOf(empty), { kind: "keys" }), { kind: "help", page: "filter" });
  expect(state.overlay).toEqual({ kind: "help", page: "filter" });
  expect(withOverlay(state, undefined).overlay).toBeUndefined();
  expect(acted(state).revision).toBe(state.revision + 1);
});

test("what the desktop says of settings while a change is under way does not take the change back", () => {
  const hidden = withChange(startOf(empty), { showDetail: false });
  expect(withApp(hidden, empty).settings.showDetail).toBe(false);
  expect(withApp(changed(hidden), empty).settings.showDetail).toBe(true);
});
