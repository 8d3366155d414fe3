import { type ReactNode, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { RegistryConflict, RegistryConflicts, ResolvedConflict } from "../../../shared/model/registry.ts";
import { Empty } from "../../parts/empty.tsx";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { Section } from "../../parts/page.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useReadOnly } from "../../session/session.tsx";
import type { Asked } from "../../session/use-ask.ts";
import { counted, minute, personName } from "../../text/format.ts";
import { ReopenDialog, ResolveDialog, type Resolving } from "./resolve-dialog.tsx";

interface Props {
  readonly asked: Asked<RegistryConflicts>;
  /** An app that nobody registered is joined to a developer. */
  onJoin(ids: readonly string[]): void;
}

/** What the registry says in two ways, or otherwise than the logs, and what somebody decided of it. */
export function Conflicts({ asked, onJoin }: Props): ReactNode {
  const [resolving, setResolving] = useState<Resolving>();
  const [reopening, setReopening] = useState<ResolvedConflict>();
  return (
    <section className="registry-conflicts" aria-label="Conflicts" tabIndex={0}>
      <Updating asked={asked}>
        {({ groups, rows, resolved }) => (
          <>
            {groups.length === 0 && (
              <Empty
                why={
                  rows === 0
                    ? "No registry yet."
                    : resolved.length > 0
                      ? `No open conflict in ${counted(rows, "row")}.`
                      : `No conflicts in ${counted(rows, "row")}.`
                }
              />
            )}
            {groups.map(({ kind, told }) => (
              <Section key={kind} title={`${capital(kind)} ${figure(told.length)}`}>
                <ul>
                  {told.map((conflict) => (
                    <li key={conflict.key + conflict.text}>
                      <OneConflict conflict={conflict} onResolve={setResolving} onJoin={onJoin} />
                    </li>
                  ))}
                </ul>
              </Section>
            ))}
            {resolved.length > 0 && <Resolved resolved={resolved} onReopen={setReopening} />}
          </>
        )}
      </Updating>
      {resolving && <ResolveDialog resolving={resolving} onClose={() => setResolving(undefined)} />}
      {reopening && <ReopenDialog resolved={reopening} onClose={() => setReopening(undefined)} />}
    </section>
  );
}

interface ConflictProps {
  readonly conflict: RegistryConflict;
  onResolve(resolving: Resolving): void;
  onJoin(ids: readonly string[]): void;
}

function OneConflict({ conflict, onResolve, onJoin }: ConflictProps): ReactNode {
  const readOnly = useReadOnly();
  const { key, text, filter, rows = [], app } = conflict;
  const button = (words: string, act: () => void) => (
    <button
      key={words}
      type="button"
      className="link"
      disabled={readOnly !== undefined}
      title={readOnly ?? ""}
      onClick={act}
    >
      {words}
    </button>
  );
  return (
    <>
      <Inert text={text} most={500} />. {filter !== undefined && <FilterLink filter={filter}>Show the rows</FilterLink>}
      {rows.length > 1 && (
        <ol className="registry-rows">
          {rows.map((row, index) => (
            <li key={row}>
              <span className="mono">
                <Inert text={row} most={300} />
              </span>{" "}
              {button(`Use row ${index + 1}`, () => onResolve({ key, text, use: index + 1, row }))}
            </li>
          ))}
        </ol>
      )}
      {key !== "" && (
        <div className="row-of-buttons">
          {rows.length === 1 && button("Set the row aside", () => onResolve({ key, text, use: 0, row: rows[0] }))}
          {app !== undefined && button("Join to a developer", () => onJoin([`app:${app}`]))}
          {button(rows.length > 1 ? "Keep both" : "Keep as it is", () => onResolve({ key, text }))}
        </div>
      )}
    </>
  );
}

function Resolved({
  resolved,
  onReopen,
}: {
  resolved: readonly ResolvedConflict[];
  onReopen(each: ResolvedConflict): void;
}): ReactNode {
  const readOnly = useReadOnly();
  return (
    <Section title={`Resolved ${figure(resolved.length)}`}>
      <ul>
        {resolved.map((each) => (
          <li key={each.n}>
            <Inert text={each.text} most={500} />.{" "}
            {each.set_aside === undefined ? (
              "Kept as it is"
            ) : (
              <>
                Set aside: <span className="mono">{<Inert text={each.set_aside} most={300} />}</span>
              </>
            )}
            : <Inert text={each.reason} most={300} />{" "}
            <span className="muted">
              (<Inert text={personName(each.by)} most={40} />, {minute(each.at)})
            </span>{" "}
            <button
              type="button"
              className="link"
              disabled={readOnly !== undefined}
              title={readOnly ?? ""}
              onClick={() => onReopen(each)}
            >
              Reopen
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
