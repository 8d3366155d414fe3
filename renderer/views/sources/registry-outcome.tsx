import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { RegistryFileReport, RegistryReport } from "../../../shared/model/registry.ts";
import { Inert } from "../../parts/inert.tsx";
import { counted } from "../../text/format.ts";

/** Conflicts that are shown one by one. */
const MAX_SHOWN = 20;
const MAX_CHARACTERS = 600;

/** What the files would do to the registry, how their values were read, and what speaks against them. */
export function RegistryOutcome({ report }: { report: RegistryReport }): ReactNode {
  return (
    <section aria-label="What it would do" className="registry-outcome">
      <h3>What it would do</h3>
      <ul role="status">
        {report.files.map((file, index) => (
          // the same file may be chosen twice
          // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change while it is shown
          <FileDoes key={index} file={file} />
        ))}
      </ul>
      {report.conflicts.length > 0 && (
        <>
          <h3>{counted(report.conflicts.length, "conflict")}</h3>
          <ul>
            {report.conflicts.slice(0, MAX_SHOWN).map((conflict) => (
              <li key={conflict}>
                <Inert text={conflict} most={MAX_CHARACTERS} />
              </li>
            ))}
          </ul>
          {report.conflicts.length > MAX_SHOWN && (
            <p className="muted">and {figure(report.conflicts.length - MAX_SHOWN)} more</p>
          )}
        </>
      )}
    </section>
  );
}

function FileDoes({ file }: { file: RegistryFileReport }): ReactNode {
  const { tables, ignored, said } = file;
  return (
    <li>
      {tables.map(({ sheet, kind, rows, added, changed, same, columns }) => (
        <div key={`${sheet} ${kind}`}>
          <Inert text={sheet === undefined ? file.file : `${file.file}, ${sheet}`} />: <strong>{kind}</strong>,{" "}
          {counted(rows, "row")}: {figure(added)} added, {figure(changed)} changed, {figure(same)} same
          <Inert text={columnsText(columns)} most={MAX_CHARACTERS} />
        </div>
      ))}
      <ul className="muted">
        {ignored.length > 0 && (
          <li>
            Not used: <Inert text={ignored.join(", ")} most={MAX_CHARACTERS} />
          </li>
        )}
        {said.map((sentence) => (
          <li key={sentence}>
            <Inert text={sentence} most={MAX_CHARACTERS} />
          </li>
        ))}
      </ul>
    </li>
  );
}

/** Columns that the file calls otherwise. */
function columnsText(columns: Readonly<Record<string, string>>): string {
  const renamed = Object.entries(columns).filter(([column, from]) => column !== from);
  if (renamed.length === 0) return "";
  return `; ${renamed.map(([column, from]) => `${column} from "${from}"`).join(", ")}`;
}
