import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import type { DryRunRule } from "../../../shared/model/accountability/dry-run.ts";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import type { Level } from "../../../shared/model/level.ts";
import { peopleText } from "../../../shared/model/people-text.ts";
import { LevelMark } from "../../parts/finding-table/level.tsx";
import { Inert } from "../../parts/inert.tsx";
import { DeveloperLink } from "../../parts/number-link.tsx";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted } from "../../text/format.ts";

type Totals = RuleFindings["totals"];

interface Row {
  readonly name: ReactNode;
  readonly key: string;
  of(totals: Totals): number;
}

const level = (name: Level): Row => ({
  name: <LevelMark level={name} />,
  key: name,
  of: (totals) => totals[name].developers,
});

const ROWS: readonly Row[] = [
  level("entitled"),
  level("obtained"),
  level("possible"),
  level("attempted"),
  { name: "recent", key: "recent", of: ({ recent }) => recent.developers },
  { name: "Calls that got data", key: "calls", of: ({ obtained }) => obtained.events },
];

/** Names written out; the rest is a number. */
const MAX_NAMED = 12;

/** What the draft would change of one rule, beside what is set. */
export function DryRunPanel({ reply, rule }: { reply: Reply<"policyDryRun">; rule: string | undefined }): ReactNode {
  const found = reply.rules.find((each) => each.rule === rule);
  return (
    <>
      {found ? (
        <>
          <Compared found={found} />
          <People found={found} />
          <Moved found={found} />
        </>
      ) : (
        <p className="muted">The rule is not judged yet.</p>
      )}
      <Gone rules={reply.rules} />
      <Fallen reply={reply} />
      {reply.warnings.length > 0 && (
        <details className="dry-warnings">
          <summary>{counted(reply.warnings.length, "point")} to look at</summary>
          <ul>
            {reply.warnings.map((warning) => (
              <li key={warning}>
                <Inert text={warning} most={300} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Compared({ found: { before, after } }: { found: DryRunRule }): ReactNode {
  return (
    <table
      className="plain-table dry-table"
      aria-label="What it would change"
      title="Developers of a policy that is not set: once it is, Answer opens the rows"
    >
      <thead>
        <tr>
          <th scope="col">Developers</th>
          <th scope="col" className="right">
            now
          </th>
          <th scope="col" className="right">
            then
          </th>
          <th scope="col" className="right">
            <span className="visually-hidden">difference</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => {
          const now = before && row.of(before);
          const then = after && row.of(after);
          const difference = (then ?? 0) - (now ?? 0);
          return (
            <tr key={row.key}>
              <th scope="row" className={row.key === "recent" ? "dry-recent" : ""}>
                {row.name}
              </th>
              <td className="right">{now === undefined ? <span className="muted">none</span> : figure(now)}</td>
              <td className="right">{then === undefined ? <span className="muted">none</span> : figure(then)}</td>
              <td className={difference === 0 ? "right muted" : "right dry-difference"}>
                {difference > 0 ? "+" : difference < 0 ? "−" : ""}
                {figure(Math.abs(difference))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function People({ found: { before, after } }: { found: DryRunRule }): ReactNode {
  const said = (totals: Totals | undefined) => (totals === undefined ? "none" : peopleText(totals.obtained.people));
  const [now, then] = [said(before), said(after)];
  return (
    <p className="dry-people">
      People: {now === then ? `${then}, as now` : before === undefined ? then : `${now} now, ${then} then`}.
    </p>
  );
}

function Moved({ found }: { found: DryRunRule }): ReactNode {
  return (
    <>
      <Names title="In" ids={found.in} />
      <Names title="Out" ids={found.out} />
      {found.in.length + found.out.length === 0 && <p className="muted">Nobody comes in or goes out.</p>}
    </>
  );
}

function Names({ title, ids }: { title: string; ids: readonly string[] }): ReactNode {
  const activity = useAsk("activity", ids.length > 0 ? {} : undefined);
  if (ids.length === 0) return null;
  const names = new Map(activity.reply?.developers.map((row) => [row.developer_id, row.developer]));
  return (
    <p>
      <strong>{title}:</strong>{" "}
      {ids.slice(0, MAX_NAMED).map((id, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <DeveloperLink id={id}>
            <Inert text={names.get(id) ?? id} most={80} />
          </DeveloperLink>
        </span>
      ))}
      {ids.length > MAX_NAMED ? ` and ${figure(ids.length - MAX_NAMED)} more.` : "."}
    </p>
  );
}

function Gone({ rules }: { rules: readonly DryRunRule[] }): ReactNode {
  const gone = rules.filter((each) => each.after === undefined);
  if (gone.length === 0) return null;
  return (
    <div className="dry-note warning">
      <p>
        {counted(gone.length, "rule goes", "rules go")}:{" "}
        <Inert text={gone.map((each) => each.rule).join(", ")} most={300} />.
      </p>
    </div>
  );
}

/** Confirmed findings and claims that the policy would turn. */
function Fallen({ reply: { no_longer_hold: fallen, claims } }: { reply: Reply<"policyDryRun"> }): ReactNode {
  const session = useSession();
  const activity = useAsk("activity", fallen.length > 0 ? {} : undefined);
  const names = new Map(activity.reply?.developers.map((row) => [row.developer_id, row.developer]));
  return (
    <>
      {fallen.length > 0 && (
        <div className="dry-note danger">
          <p>
            <strong className="danger">{counted(fallen.length, "confirmed finding")} would no longer hold:</strong>{" "}
            {fallen.slice(0, MAX_NAMED).map(({ rule, developer_id: id }, index) => (
              <span key={`${rule} ${id}`}>
                {index > 0 && ", "}
                <DeveloperLink id={id}>
                  <Inert text={names.get(id) ?? id} most={80} />
                </DeveloperLink>
              </span>
            ))}
            {fallen.length > MAX_NAMED ? ` and ${figure(fallen.length - MAX_NAMED)} more` : ""}. The decisions stay in
            custody.
          </p>
        </div>
      )}
      {claims.length > 0 && (
        <div className="dry-note warning">
          <p>
            <strong className="warning">
              {counted(claims.length, "claim changes its verdict", "claims change their verdict")}:
            </strong>{" "}
            {claims.map(({ id, before, after }, index) => (
              <span key={id}>
                {index > 0 && "; "}
                <button type="button" className="link" onClick={() => session.go({ screen: "claims", of: id })}>
                  <Inert text={id} most={60} />
                </button>
                , {before} now, {after} then
              </span>
            ))}
            .
          </p>
        </div>
      )}
    </>
  );
}
