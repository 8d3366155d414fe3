import { HTMLSelect } from "@blueprintjs/core";
import { type ReactNode, useId, useState } from "react";
import type { RegistryColumn, RegistryOpen, RegistrySheet } from "../../../shared/model/registry.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import { type RegistryDraft, withColumn } from "../../session/registry-draft.ts";
import { counted } from "../../text/format.ts";

interface RegistryTableProps {
  readonly sheet: RegistrySheet;
  /** What is open in it. */
  readonly open: readonly RegistryOpen[];
  readonly draft: RegistryDraft;
  onChange(draft: RegistryDraft): void;
}

/** A table of a registry file: what each of its columns is taken for, and a choice of what it is instead. */
export function RegistryTable({ sheet, open, draft, onChange }: RegistryTableProps): ReactNode {
  const { where, kinds, columns, choices } = sheet;
  const ofTable = open.filter((each) => each.columns.length === 0);
  const unused = columns.filter(({ is }) => is.length === 0).length;
  // once open it stays so: what was just mapped must not vanish under the hand
  const [isShown, setIsShown] = useState(open.length > 0);
  const id = useId();
  return (
    <section aria-label={inertText(where)}>
      <h3>
        <Inert text={where} />
        <span className="muted">{kinds.length === 0 ? ", not recognised" : `: ${kinds.join(" and ")}`}</span>
      </h3>
      {ofTable.map((each) => (
        <p key={each.what} id={id} className="registry-open danger" role="alert">
          <Inert text={sentenceOf(each)} />
        </p>
      ))}
      <details open={isShown || open.length > 0} onToggle={(event) => setIsShown(event.currentTarget.open)}>
        <summary>
          {counted(columns.length, "column")}
          {unused === 0 ? "" : `, ${unused} not used`}
        </summary>
        <table className="table registry-columns" {...(ofTable.length === 0 ? {} : { "aria-describedby": id })}>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">First value</th>
              <th scope="col">Taken for</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <ColumnRow
                key={column.name}
                column={column}
                choices={choices}
                open={open.find((each) => each.columns.includes(column.name))}
                isAsked={ofTable.some(({ by }) => by === "columns") && column.is.length === 0}
                onChoose={(chosen) =>
                  onChange(
                    withColumn(
                      draft,
                      columns.map(({ name }) => name),
                      column.name,
                      chosen,
                    ),
                  )
                }
              />
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

interface ColumnRowProps {
  readonly column: RegistryColumn;
  readonly choices: readonly string[];
  readonly open: RegistryOpen | undefined;
  /** The table lacks a column, which may be this one. */
  readonly isAsked: boolean;
  onChoose(column: string): void;
}

function ColumnRow({ column, choices, open, isAsked, onChoose }: ColumnRowProps): ReactNode {
  const { name, sample, is, chosen } = column;
  const id = useId();
  return (
    <tr>
      <th scope="row">
        <Inert text={name} most={120} />
      </th>
      <td className="mono cut registry-sample">
        <Inert text={sample} most={120} />
      </td>
      <td>
        <HTMLSelect
          fill
          aria-label={`${inertText(name)} is`}
          aria-invalid={open !== undefined}
          {...(open || isAsked ? { "data-asked": true } : {})}
          {...(open ? { "aria-describedby": id } : {})}
          value={chosen ?? ""}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          <option value="">{chosen === undefined ? is.join(", ") || "not used" : "as it is found"}</option>
          <option value="ignore">leave it out</option>
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </HTMLSelect>
        {open && (
          <p id={id} className="registry-open danger" role="alert">
            <Inert text={sentenceOf(open)} />
          </p>
        )}
      </td>
    </tr>
  );
}

/** What is wrong and what to do about it here, in one sentence: the refusal's own advice is for the command line. */
function sentenceOf({ what, todo, by, columns }: RegistryOpen): string {
  if (by === "file") return `${what}: ${todo}.`;
  if (by === "dates") return `${what}: choose below which number is the day.`;
  if (columns.length === 0) return `${what}: choose which column it is, or below what the files are.`;
  return columns.length === 1
    ? `${what}: choose what it is, leave it out, or correct the file.`
    : `${what}: leave one of them out, or choose what it is.`;
}
