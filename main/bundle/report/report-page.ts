import type { PageInput } from "../contents/page-input.ts";
import { ruleFacts } from "./document/rule-facts.ts";
import { againstScreen } from "./screens/against-screen.ts";
import { aboutLine, answerScreen } from "./screens/answer-screen.ts";
import { checkedScreen, contentsScreen, howScreen } from "./screens/check-screens.ts";
import { claimsTable } from "./screens/claims-table.ts";
import { clocksScreen } from "./screens/clocks-screen.ts";
import { coverageSection } from "./screens/coverage-section.ts";
import { custodyScreen } from "./screens/custody-screen.ts";
import { findingsScreen } from "./screens/findings-screen.ts";
import { frame, type Screen } from "./screens/frame.ts";
import { html } from "./screens/html.ts";
import { remedyScreen } from "./screens/remedy-screen.ts";
import { sensitivityScreen } from "./screens/sensitivity-screen.ts";
import { sourceSection } from "./screens/source-section.ts";

/** `data/index.html`: the viewer. Its screens stand in it whole; calls and developers are drawn from the data beside it. */
export function reportPage(input: PageInput): string {
  const { about, findings, sources, acts, remedy, clocks, claims } = input;
  const rules = ruleFacts(input);
  const found = findings.rules.reduce((sum, { developers }) => sum + developers.length, 0);
  const gaps = findings.coverage.reduce((sum, lane) => sum + lane.gaps.length, 0);
  const screens: Screen[] = [
    { id: "answer", title: "Answer", body: answerScreen(input, rules) },
    { id: "findings", title: "Findings", count: found, body: findingsScreen(input, rules) },
    { id: "developers", title: "Developers", isDrawn: true, body: html`` },
    {
      id: "calls",
      title: "Calls",
      count: about.events,
      isDrawn: true,
      body: html`<p id="calls-printed" class="print-only"></p>`,
    },
    { id: "sources", title: "Sources", count: sources.length, body: sourceSection(sources, acts) },
    { id: "against", title: "What speaks against", body: againstScreen(input) },
    { id: "claims", title: "Claims", count: claims.length, body: claimsTable(input) },
    {
      id: "remedy",
      title: "Remedy",
      count: remedy?.rules.reduce((sum, { developers }) => sum + developers.length, 0) ?? 0,
      body: remedyScreen(input),
    },
    { id: "clocks", title: "Clocks", count: clocks?.clocks.length ?? 0, body: clocksScreen(input) },
    {
      id: "coverage",
      title: "Coverage",
      count: gaps === 1 ? "1 gap" : `${gaps} gaps`,
      body: coverageSection(findings.coverage, input.lanes, sources),
    },
    { id: "sensitivity", title: "Sensitivity", body: sensitivityScreen(input) },
    { id: "custody", title: "Custody", count: acts.length, body: custodyScreen(input) },
    { id: "contents", title: "What is in it", body: contentsScreen(input) },
    { id: "checked", title: "What was checked", body: checkedScreen() },
    { id: "how", title: "How to check", body: howScreen(input) },
    { id: "developer", title: "One developer", isDrawn: true, isHidden: true, body: html`` },
  ];
  return frame(input, aboutLine(input), screens);
}
