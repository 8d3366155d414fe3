import type { ReactNode } from "react";
import type { InspectedFile } from "../../../shared/contract/desktop.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import { counted, percent } from "../../text/format.ts";

interface LogsInsideProps {
  readonly found: InspectedFile;
  /** Which of the logs is shown below. */
  readonly at: number;
  onChoose(index: number): void;
}

/** The logs in an archive or folder, each a source of its own, and what in it is none. */
export function LogsInside({ found, at, onChoose }: LogsInsideProps): ReactNode {
  return (
    <section aria-label="Inside">
      <h2>
        {counted(found.looks.length, "log")} inside
        {found.left_out.length > 0 && `, ${counted(found.left_out.length, "file")} left out`}
      </h2>
      <div className="table-scroll import-inside" tabIndex={0} role="group" aria-label="Logs inside">
        <table className="table">
          <tbody>
            {found.looks.map((look, index) => (
              <tr key={`${look.file} ${look.member ?? ""}`} className={index === at ? "is-current" : ""}>
                <td>
                  <button
                    type="button"
                    className="link mono"
                    aria-current={index === at}
                    title={inertText(look.member ?? look.file)}
                    onClick={() => onChoose(index)}
                  >
                    <Inert text={look.member ?? look.file} />
                  </button>
                </td>
                <td>
                  <Inert text={look.format} />, {percent(look.confidence, 1)} sure
                </td>
              </tr>
            ))}
            {found.left_out.map(({ file, member, why, refused }) => (
              <tr key={`${file} ${member ?? ""} out`} className={refused ? "warning" : "muted"}>
                <td className="mono">
                  <Inert text={member ?? file} />
                </td>
                <td>
                  left out: <Inert text={why} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
