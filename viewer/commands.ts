import { developerPlace } from "../shared/viewer/places.ts";
import type { CallsScreen } from "./calls/calls-screen.ts";
import type { Calls } from "./data/calls.ts";
import type { DeveloperScreen } from "./developers/developer-screen.ts";
import type { Handlers } from "./keys.ts";
import { byId } from "./parts/dom.ts";
import { say } from "./parts/say.ts";
import type { Remark, Remarks } from "./review/remarks.ts";
import { undecidedFrom } from "./review/undecided.ts";

/** What the screens that are drawn from data are made of. */
export interface Parts {
  readonly calls: Calls;
  readonly remarks: Remarks;
  readonly screen: CallsScreen;
  readonly developer: DeveloperScreen;
}

const NO_ROW = "There is no call: j goes to one.";

/** What each key does on the screen that is shown. @param parts of the bundle's data, read where they are not there yet */
export function commands(parts: () => Promise<Parts>, section: () => string | undefined): Handlers {
  const onCalls = (does: (parts: Parts) => void | Promise<void>) => {
    if (section() !== "calls") return say("This key is for calls: g e goes there.");
    void parts()
      .then(does)
      .catch((error: Error) => say(`${error.message}.`));
  };
  const begin = (act: Remark["act"]) => {
    if (section() === "developer") return void parts().then(({ developer }) => developer.form?.begin(act));
    if (act === "confirm" || act === "dispute") return say("This key is for a finding: f goes to one.");
    onCalls(({ screen }) => {
      if (!screen.begin(act)) say(NO_ROW);
    });
  };
  const undecided = (by: 1 | -1) => () =>
    void parts().then(({ calls, remarks, developer }) => {
      const here = section() === "developer" ? developer.here : {};
      const place = undecidedFrom(calls.catalog, remarks, here, by);
      if (place === undefined) say("No other finding is undecided.");
      else location.hash = place;
    });
  const tag = (number: number) => () => onCalls(async ({ screen }) => say(await screen.tag(number)));
  const same = (field: Parameters<CallsScreen["same"]>[0]) => () =>
    onCalls(async ({ screen }) => say((await screen.same(field)) ?? ""));
  const row = (by: 1 | -1) => () =>
    section() === "calls" ? onCalls(({ screen }) => screen.step(by)) : stepLinks(section(), by);
  const end = (isLast: boolean) => () =>
    section() === "calls" ? onCalls(({ screen }) => screen.toEnd(isLast)) : endLinks(section(), isLast);
  const tagged = (by: 1 | -1) => () =>
    onCalls(({ screen }) => {
      if (!screen.stepTagged(by)) say("No tagged call there.");
    });
  const go = (place: string) => () => {
    location.hash = place;
  };
  const find = () => byId("find").focus();
  return {
    filter: () => (section() === "calls" ? onCalls(({ screen }) => screen.filterInput.focus()) : find()),
    "row.goto": find,
    "go.answer": go("#answer"),
    "go.developers": go("#developers"),
    "go.explore": go("#calls"),
    "go.sources": go("#sources"),
    "go.claims": go("#claims"),
    "go.remedy": go("#remedy"),
    "go.clocks": go("#clocks"),
    "go.coverage": go("#coverage"),
    "go.custody": go("#custody"),
    "row.next": row(1),
    "row.previous": row(-1),
    "row.first": end(false),
    "row.last": end(true),
    "tagged.next": tagged(1),
    "tagged.previous": tagged(-1),
    "undecided.next": undecided(1),
    "undecided.previous": undecided(-1),
    "developer.page": () =>
      onCalls(({ screen, calls }) => {
        const id = screen.row === undefined ? undefined : calls.value("developer_id", screen.row);
        if (id === undefined) say(NO_ROW);
        else location.hash = developerPlace(String(id));
      }),
    "same.developer": same("developer"),
    "same.app": same("app"),
    "same.actor": same("actor"),
    "same.ip": same("ip"),
    "same.request": same("request_id"),
    "finding.confirm": () => begin("confirm"),
    "finding.dispute": () => begin("dispute"),
    note: () => begin("comment"),
    "tag.1": tag(1),
    "tag.2": tag(2),
    "tag.3": tag(3),
    "tag.4": tag(4),
    "tag.5": tag(5),
    "tag.6": tag(6),
    "tag.7": tag(7),
    "tag.8": tag(8),
    "tag.9": tag(9),
    "tag.other": () => begin("tag"),
    undo: () =>
      void parts().then(({ remarks }) => say(remarks.takeBack() ? "Took the last remark back." : "Nothing was said.")),
    keys: () => (byId("keys") as HTMLDialogElement).showModal(),
  };
}

/** The first links of the rows of a screen's tables, one after the other. */
const rowLinks = (section: string | undefined): HTMLElement[] =>
  section === undefined
    ? []
    : Array.from(byId(section).querySelectorAll<HTMLElement>("tbody tr")).flatMap((row) =>
        Array.from(row.querySelectorAll<HTMLElement>("a")).slice(0, 1),
      );

function stepLinks(section: string | undefined, by: 1 | -1): void {
  const links = rowLinks(section);
  const at = links.indexOf(document.activeElement as HTMLElement);
  links[at < 0 ? 0 : at + by]?.focus();
}

function endLinks(section: string | undefined, isLast: boolean): void {
  rowLinks(section)
    .at(isLast ? -1 : 0)
    ?.focus();
}
