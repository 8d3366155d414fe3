import { peopleText } from "../../../shared/model/people-text.ts";
import type { Findings } from "./findings.ts";

const OBTAINED = "level:obtained";

/**
 * What is due about the incident. Two reports of 30 days of which the first was made, hours and days over the change of
 * Berlin's clocks, business days over a holiday, a month from a report that was made, and one whose fact nobody knows.
 */
const CLOCKS = [
  {
    id: "covered-incident",
    title: "Report of a covered incident",
    authority: "an invented order",
    to: "the regulator",
    trigger: "discovered",
    within: "P30D",
    repeat: "P30D",
    threshold: { people: 500, level: "obtained" },
    contents: [
      { item: "number of people", from: "people.obtained" },
      { item: "number of developers", from: "developers.obtained" },
      { item: "number of calls", from: "events.obtained" },
      { item: "developers that kept access", from: "developers.entitled" },
      { item: "cause" },
    ],
  },
  {
    id: "authority-72h",
    title: "Notice to the authority",
    to: "the authority",
    trigger: "aware",
    within: "PT72H",
    timezone: "Europe/Berlin",
  },
  {
    id: "people-3d",
    title: "Notice to the people",
    to: "those concerned",
    trigger: "aware",
    within: "P3D",
    timezone: "Europe/Berlin",
  },
  {
    ...{ id: "market-4b", title: "Notice to the market", to: "the exchange", trigger: "material", within: "P4B" },
    ...{ timezone: "America/New_York", holidays: ["2019-11-11", "2019-11-28"] },
  },
  {
    id: "final-1m",
    title: "Final report",
    to: "the authority",
    trigger: "done:authority-72h",
    within: "P1M",
    timezone: "Europe/Berlin",
  },
  { id: "court", title: "Answer to the court", to: "the court", trigger: "served", within: "P20D" },
] as const;

/** Facts of the incident, and what was done, in the order in which they were entered. */
export const FACTS = [
  { set: "discovered", time: "2019-10-25T14:00:00+02:00", reason: "The gateway team's ticket." },
  { set: "discovered", time: "2019-10-25T12:30:00Z", reason: "The ticket's own time." },
  { set: "aware", time: "2019-10-25", reason: "The privacy office was told that day." },
  { set: "material", time: "2019-11-06T22:30:00-05:00", reason: "The board's minutes." },
  { done: "authority-72h", on: "2019-10-31T09:00:00Z" },
  { done: "covered-incident", on: "2019-11-20" },
] as const;

/** The day from which the truth looks. */
const LOOKED_AT = "2019-12-02T12:00:00Z";

export const CLOCKS_FILE = { schema: "exhibit/clocks@1", clocks: CLOCKS };

/** What `exhibit clocks --json` must say of clocks and facts. */
export function clocksTruth(findings: Findings) {
  const { totals, entitled } = findings;
  const people = totals.obtained.people.result();
  const { developers, events } = totals.obtained.counts;
  const certain =
    people.basis === "exact" || people.basis === "at-least" || people.basis === "between" ? people.value : 0;
  const most =
    people.basis === "exact" || people.basis === "at-most"
      ? people.value
      : people.basis === "between"
        ? people.at_most
        : Number.POSITIVE_INFINITY;
  const figure = (value: number) => value.toLocaleString("en-US");
  return {
    at: LOOKED_AT,
    facts: {
      aware: "2019-10-25",
      discovered: "2019-10-25T12:30:00Z",
      "done:authority-72h": "2019-10-31T09:00:00Z",
      "done:covered-incident": "2019-11-20",
      material: "2019-11-07T03:30:00Z",
    },
    clocks: [
      {
        id: "covered-incident",
        state: "done",
        started: "2019-10-25T12:30:00Z",
        due: "2019-11-24T23:59:59.999999Z",
        done_on: "2019-11-20",
        next_due: "2019-12-24T23:59:59.999999Z",
        threshold: certain >= 500 ? "met" : most < 500 ? "not-met" : "open",
        contents: [
          { item: "number of people", value: peopleText(people), filter: OBTAINED },
          { item: "number of developers", value: figure(developers), filter: OBTAINED },
          { item: "number of calls", value: figure(events), filter: OBTAINED },
          { item: "developers that kept access", value: figure(entitled.size) },
          { item: "cause" },
        ],
      },
      // From midnight in Berlin, still in summer: 72 hours end an hour earlier by the clock of winter.
      {
        ...{ id: "authority-72h", state: "done", started: "2019-10-24T22:00:00Z", due: "2019-10-27T22:00:00Z" },
        ...{ done_on: "2019-10-31T09:00:00Z", contents: [] },
      },
      // The end of 28 October, in winter.
      {
        ...{ id: "people-3d", state: "overdue", started: "2019-10-24T22:00:00Z", due: "2019-10-28T22:59:59.999999Z" },
        contents: [],
      },
      // Wednesday evening in New York; Thursday, Friday, not Monday's holiday, Tuesday, Wednesday.
      {
        ...{ id: "market-4b", state: "overdue", started: "2019-11-07T03:30:00Z", due: "2019-11-14T04:59:59.999999Z" },
        contents: [],
      },
      // The last day of November is the 30th.
      {
        ...{ id: "final-1m", state: "overdue", started: "2019-10-31T09:00:00Z", due: "2019-11-30T22:59:59.999999Z" },
        contents: [],
      },
      { id: "court", state: "not-started", contents: [] },
    ],
  };
}
