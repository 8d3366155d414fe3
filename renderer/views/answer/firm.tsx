import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { PlainTotals, Sensitivity, Shift, ShiftedRule } from "../../../shared/model/accountability/sensitivity.ts";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import { LevelMark } from "../../parts/finding-table/level.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { DeveloperLink } from "../../parts/number-link.tsx";
import { Updating } from "../../parts/updating.tsx";
import { CouldMove } from "../../parts/zone-doubts.tsx";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import "./firm.css";

const SHIFT_WORDS: Readonly<Record<Shift, string>> = {
  "-P7D": "-7 d",
  "-P1D": "-1 d",
  "-PT1H": "-1 h",
  PT1H: "+1 h",
  P1D: "+1 d",
  P7D: "+7 d",
};

const LEVELS = ["entitled", "obtained", "possible", "attempted", "recent"] as const;
type Counted = (typeof LEVELS)[number];

/** How firm the numbers are: what another cutoff and another time zone would make of them. */
export function Firm({ rule, found }: { rule: string; found: RuleFindings }): ReactNode {
  const asked = useAsk("sensitivity", { rule });
  return (
    <section className="firm" aria-label="How firm are these numbers?">
      <Updating asked={asked}>{({ rules: [own] }) => own && <Shifts found={found} own={own} />}</Updating>
    </section>
  );
}

type Own = Sensitivity["rules"][number];

function Shifts({ found, own }: { found: RuleFindings; own: Own }): ReactNode {
  const day = own.shifts.filter(({ by }) => !by.endsWith("P7D"));
  const isFirm = day.every((shift) =>
    LEVELS.every((level) => developers(shift, level) === found.totals[level].developers),
  );
  const sentence = isFirm
    ? "The cutoff may move a day either way: no number of developers changes."
    : daySentence(found.totals, own.shifts);
  return (
    <details>
      <summary>
        <h2>How firm are these numbers?</h2> {sentence}
      </summary>
      <table className="plain-table firm-table" aria-label="Developers with the cutoff moved">
        <thead>
          <tr>
            <th scope="col">Cutoff moved by</th>
            {own.shifts.slice(0, 3).map(({ by }) => (
              <th key={by} scope="col" className="right">
                {SHIFT_WORDS[by]}
              </th>
            ))}
            <th scope="col" className="right">
              as set
            </th>
            {own.shifts.slice(3).map(({ by }) => (
              <th key={by} scope="col" className="right">
                {SHIFT_WORDS[by]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LEVELS.map((level) => (
            <LevelRow key={level} level={level} found={found} shifts={own.shifts} />
          ))}
        </tbody>
      </table>
      <Moved found={found} shifts={own.shifts} />
      <Zones own={own} />
    </details>
  );
}

const developers = ({ totals }: { totals: PlainTotals }, level: Counted): number => totals[level].developers;

/** "If the cutoff were a day later: 62 instead of 63 got data." */
function daySentence(totals: RuleFindings["totals"], shifts: readonly ShiftedRule[]): string {
  const words = {
    entitled: "kept access",
    obtained: "got data",
    possible: "may have got data",
    attempted: "tried",
    recent: "recent",
  };
  const parts = (["-P1D", "P1D"] as const).flatMap((by) => {
    const shift = shifts.find((each) => each.by === by);
    const changed = LEVELS.flatMap((level) => {
      const [now, then] = [totals[level].developers, shift ? developers(shift, level) : totals[level].developers];
      return now === then ? [] : [`${figure(then)} instead of ${figure(now)} ${words[level]}`];
    });
    return changed.length === 0 ? [] : [`a day ${by === "P1D" ? "later" : "earlier"}: ${changed.join(", ")}`];
  });
  return parts.length === 0 ? "An hour either way changes some numbers." : `If the cutoff were ${parts.join("; ")}.`;
}

/** Why these numbers open nothing: rows are judged by the cutoff that is set. */
const OTHER_CUTOFF = "With another cutoff than the one set: who comes in or goes out stands below";

function LevelRow({
  level,
  found,
  shifts,
}: {
  level: Counted;
  found: RuleFindings;
  shifts: readonly ShiftedRule[];
}): ReactNode {
  const now = found.totals[level].developers;
  const cell = (shift: ShiftedRule) => {
    const then = developers(shift, level);
    return (
      <td key={shift.by} className={then === now ? "right muted" : "right firm-differs"} title={OTHER_CUTOFF}>
        {figure(then)}
      </td>
    );
  };
  return (
    <tr>
      <th scope="row">{level === "recent" ? "recent" : <LevelMark level={level} />}</th>
      {shifts.slice(0, 3).map(cell)}
      <td className="right firm-set" title="As the cutoff is set: the answers above open their rows">
        {figure(now)}
      </td>
      {shifts.slice(3).map(cell)}
    </tr>
  );
}

/** Names written out; the rest is a number. */
const MAX_NAMED = 8;

/** Who comes in and goes out, by shift. */
function Moved({ found, shifts }: { found: RuleFindings; shifts: readonly ShiftedRule[] }): ReactNode {
  const names = new Map(found.developers.map((row) => [row.developer_id, row.developer]));
  const list = (ids: readonly string[]) => (
    <>
      {ids.slice(0, MAX_NAMED).map((id, index) => (
        <span key={id}>
          {index > 0 && ", "}
          {names.has(id) ? (
            <DeveloperLink id={id}>
              <Inert text={names.get(id) ?? id} />
            </DeveloperLink>
          ) : (
            inertText(id)
          )}
        </span>
      ))}
      {ids.length > MAX_NAMED && ` and ${figure(ids.length - MAX_NAMED)} more`}
    </>
  );
  return shifts.map(({ by, in: enters, out }) =>
    enters.length + out.length === 0 ? null : (
      <p key={by} className="firm-moved">
        <span className="muted">{SHIFT_WORDS[by]}</span> {enters.length > 0 && <>In: {list(enters)}. </>}
        {out.length > 0 && <>Out: {list(out)}.</>}
      </p>
    ),
  );
}

const FROM = { mapping: "from the mapping", option: "as it was given", assumed: "assumed" } as const;

function Zones({ own }: { own: Own }): ReactNode {
  const session = useSession();
  const doubts = own.zones.filter(({ could_move: could }) => could.events > 0);
  return doubts.map((doubt) => (
    <p key={doubt.source}>
      <CouldMove rule={own.rule} doubt={doubt} /> of{" "}
      <button
        type="button"
        className="link"
        onClick={() => session.go({ screen: "sources", of: String(doubt.source) })}
      >
        source {doubt.source}
      </button>{" "}
      (<Inert text={doubt.timezone} />, {FROM[doubt.timezone_from]}).
    </p>
  ));
}
