import { type ReactNode, useEffect, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { Chosen } from "../../../shared/contract/chosen.ts";
import type { DesktopReply } from "../../../shared/contract/desktop.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";

/** The first lines of a file that is not read yet: what a mapping by hand is made from. */
export function FirstLines({ path, encoding }: { path: Chosen; encoding: unknown }): ReactNode {
  const [found, setFound] = useState<DesktopReply<"beginning">>();
  const [refused, setRefused] = useState<RefusalData>();
  useEffect(() => {
    let isCurrent = true;
    desktop("beginning", { file: path, ...(typeof encoding === "string" ? { encoding } : {}) }).then(
      (reply) => isCurrent && setFound(reply),
      (error: unknown) => isCurrent && setRefused(refusalOf(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [path, encoding]);
  if (refused) return <ErrorPanel error={refused} />;
  if (!found) return null;
  return (
    <section aria-label="First lines">
      <h2>First lines</h2>
      <p className="muted">
        In {found.encoding}. Choose a format above, or a mapping; a pattern names the parts of a line, such as
        (?&lt;time&gt;\S+).
      </p>
      <div className="table-scroll" tabIndex={0} role="group" aria-label="The first lines">
        <table className="table preview-table">
          <tbody>
            {found.lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
              <tr key={index}>
                <td className="figure">{figure(index + 1)}</td>
                <td className="mono preview-line first-line">
                  <Inert text={line} most={600} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
