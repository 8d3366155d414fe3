import { DAY, instantOf, isoOf, type Micros } from "../../../shared/base/time.ts";
import type { ClockStatus, ClocksReport, DueClock } from "../../../shared/model/accountability/due-clock.ts";
import { termOf } from "../../../shared/model/accountability/term.ts";
import { sha256Of } from "../../platform/sha256.ts";
import { Calendar } from "../regimes/due-date.ts";

/** Octets of a line, without its end (RFC 5545, 3.1). */
const MAX_LINE_OCTETS = 75;

/**
 * The due dates to come, and those that passed unmet, as a calendar (RFC 5545). What is due by a day's end is an event of
 * that day; what is due by the hour one of that instant. The same report gives the same bytes.
 */
export function calendarFile(title: string, clocks: readonly DueClock[], report: ClocksReport): string {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Exhibit//Clocks//EN", "CALSCALE:GREGORIAN"];
  lines.push(`X-WR-CALNAME:${text(title)}`);
  for (const [index, status] of report.clocks.entries())
    lines.push(...event(title, clocks[index] as DueClock, status, report.at));
  lines.push("END:VCALENDAR");
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function event(title: string, clock: DueClock, status: ClockStatus, at: string): string[] {
  const due = status.done_on === undefined ? status.due : status.next_due;
  if (due === undefined) return [];
  const isRepeated = status.done_on !== undefined;
  const isHour = termOf(isRepeated && clock.repeat !== undefined ? clock.repeat : clock.within)?.unit === "hours";
  const open = status.contents.filter(({ value }) => value === undefined).map(({ item }) => item);
  const said = [
    `Due ${due}${clock.timezone === undefined ? "" : ` (days of ${clock.timezone})`}`,
    ...(clock.to === undefined ? [] : [`To: ${clock.to}`]),
    ...(clock.authority === undefined ? [] : [`By: ${clock.authority}`]),
    ...(open.length === 0 ? [] : [`For a person to fill: ${open.join("; ")}`]),
    ...(clock.unconfirmed === undefined ? [] : [`Unconfirmed: ${clock.unconfirmed}`]),
  ];
  return [
    "BEGIN:VEVENT",
    `UID:${sha256Of(`${title}\n${clock.id}\n${due}`).slice(0, 32)}@exhibit.invalid`,
    `DTSTAMP:${stamp(instantOf(at))}`,
    ...(isHour ? [`DTSTART:${stamp(instantOf(due))}`] : whole(instantOf(due), clock)),
    `SUMMARY:${text(`Due: ${clock.title ?? clock.id}`)}`,
    `DESCRIPTION:${text(said.join("\n"))}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${text(`Due in a day: ${clock.title ?? clock.id}`)}`,
    "TRIGGER:-P1D",
    "END:VALARM",
    "END:VEVENT",
  ];
}

/** The whole day, as the clock's zone has it. */
function whole(due: Micros, clock: DueClock): string[] {
  const day = new Calendar(clock.timezone ?? "UTC", []).dayAt(due);
  const date = (of: number) =>
    isoOf(of * DAY)
      .slice(0, 10)
      .replaceAll("-", "");
  return [`DTSTART;VALUE=DATE:${date(day)}`, `DTEND;VALUE=DATE:${date(day + 1)}`];
}

/** `20191205T090000Z`: seconds, cut. */
const stamp = (time: Micros): string => `${isoOf(time).slice(0, 19).replace(/[-:]/gu, "")}Z`;

/** RFC 5545, 3.3.11. Control characters have no place in a calendar. */
const text = (value: string): string =>
  value
    .replace(/[\\;,]/gu, "\\$&")
    .replace(/\r\n|\r|\n/gu, "\\n")
    .replace(/[\u0000-\u001f\u007f]/gu, " ");

/** Lines of at most 75 octets, never cut inside a character. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = "";
  let octets = 0;
  for (const char of line) {
    const size = Buffer.byteLength(char);
    if (octets + size > MAX_LINE_OCTETS) {
      pieces.push(piece);
      piece = "";
      // The blank that a further line begins with counts.
      octets = 1;
    }
    piece += char;
    octets += size;
  }
  pieces.push(piece);
  return pieces.join("\r\n ");
}
