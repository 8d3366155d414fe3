import { Button, TextArea } from "@blueprintjs/core";
import { type ReactNode, useId, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import { quote } from "../../../shared/filter/print.ts";
import type { SubjectReport } from "../../../shared/model/finding.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { levelFilter } from "../../parts/finding-table/links.ts";
import { Inert } from "../../parts/inert.tsx";
import { DeveloperLink, FilterLink } from "../../parts/number-link.tsx";
import { ask, desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { day } from "../../text/format.ts";

/** Rows that are drawn; the numbers above them are of all. */
const MAX_SHOWN = 500;

/** Were these people affected? For ids that are pasted, or in a file: yes with what was got, not listed, or not to be told. */
export function AskForPeople({ rule }: { rule: string }): ReactNode {
  const id = useId();
  const [text, setText] = useState("");
  const [found, setFound] = useState<Reply<"subjects">>();
  const [error, setError] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);
  const filter = levelFilter(rule, "possible+");
  const look = async (asked: () => Promise<Reply<"subjects"> | undefined>) => {
    setError(undefined);
    setIsBusy(true);
    try {
      const reply = await asked();
      if (reply) setFound(reply);
    } catch (fault) {
      setError(refusalOf(fault));
    } finally {
      setIsBusy(false);
    }
  };
  const fromFile = async () => {
    const [file] = (await desktop("chooseFiles", { kind: "people", many: false })).files;
    return file === undefined ? undefined : ask("subjects", { filter, file });
  };
  return (
    <section className="ask-people" aria-label="Was this person affected?">
      <label htmlFor={id}>Was this person affected? Ids, one a line</label>
      <TextArea
        id={id}
        fill
        rows={3}
        className="mono"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && text.trim() !== "")
            void look(() => ask("subjects", { filter, ids: text }));
        }}
      />
      <div className="row-of-buttons">
        <Button
          size="small"
          intent="primary"
          text="Ask"
          loading={isBusy}
          disabled={text.trim() === ""}
          onClick={() => void look(() => ask("subjects", { filter, ids: text }))}
        />
        <Button size="small" text="Ask for a file" disabled={isBusy} onClick={() => void look(fromFile)} />
      </div>
      {error && <ErrorPanel error={error} />}
      {found && <Found reply={found} filter={filter} />}
    </section>
  );
}

function Found({ reply: { subjects, people }, filter }: { reply: Reply<"subjects">; filter: string }): ReactNode {
  const affected = subjects.filter((each) => each.affected).length;
  const isExact = people.basis === "exact";
  const others = subjects.length - affected;
  return (
    <>
      <p role="status">
        {figure(affected)} of {figure(subjects.length)} affected
        {others > 0 &&
          `; of ${figure(others)} ${isExact ? "no call lists the id" : "it is not to be told: no call lists the id, and some calls list no ids"}`}
        .
      </p>
      <div className="table-scroll ask-people-rows">
        <table className="table" aria-label="Affected">
          <thead>
            <tr>
              <th scope="col">Id</th>
              <th scope="col">Affected</th>
              <th scope="col">Developer</th>
              <th scope="col">First</th>
              <th scope="col">Last (UTC)</th>
              <th scope="col">Fields</th>
              <th scope="col" className="right">
                Calls
              </th>
            </tr>
          </thead>
          <tbody>{subjects.slice(0, MAX_SHOWN).flatMap((each) => rowsOf(each, filter, isExact))}</tbody>
        </table>
      </div>
      {subjects.length > MAX_SHOWN && (
        <p className="muted">The first {figure(MAX_SHOWN)} ids; `exhibit people` lists all.</p>
      )}
    </>
  );
}

function rowsOf({ subject, developers }: SubjectReport, filter: string, isExact: boolean): ReactNode[] {
  if (developers.length === 0)
    return [
      <tr key={subject}>
        <td className="mono">
          <Inert text={subject} most={80} />
        </td>
        <td colSpan={6} className="muted">
          {isExact ? "not listed" : "not to be told"}
        </td>
      </tr>,
    ];
  return developers.map((row) => (
    <tr key={`${subject} ${row.developer_id}`}>
      <td className="mono">
        <Inert text={subject} most={80} />
      </td>
      <td>yes</td>
      <td>
        <DeveloperLink id={row.developer_id}>
          <Inert text={row.developer_id} most={60} />
        </DeveloperLink>
      </td>
      <td className="nowrap">{day(row.first)}</td>
      <td className="nowrap">{day(row.last)}</td>
      <td>{row.fields.length === 0 ? <span className="muted">not known</span> : row.fields.join(", ")}</td>
      <td className="right">
        <FilterLink filter={`${filter} subjects:${quote(subject)} finding:${quote(row.developer_id)}`}>
          {figure(row.events)}
        </FilterLink>
      </td>
    </tr>
  ));
}
