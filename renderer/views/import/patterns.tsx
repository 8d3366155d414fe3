import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { PatternExample } from "../../../shared/model/pattern-example.ts";
import { Inert } from "../../parts/inert.tsx";

const MAX_CHARACTERS = 200;

/** The mapping's regular expressions, each with an example of what it catches in the first records and of what it does not. */
export function Patterns({ patterns }: { patterns: readonly PatternExample[] }): ReactNode {
  return (
    <section aria-label="What the patterns catch">
      <h2>What the patterns catch</h2>
      <div className="table-scroll" tabIndex={0} role="group" aria-label="Patterns">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Pattern of</th>
              <th scope="col">Caught</th>
              <th scope="col">For example</th>
              <th scope="col">Nothing in</th>
            </tr>
          </thead>
          <tbody>
            {patterns.map(({ at, of, caught, from, value, missed }) => (
              <tr key={at}>
                <td className="mono">
                  <Inert text={at} most={80} />
                </td>
                <td className={caught === 0 ? "warning" : ""}>
                  {of === 0 ? "no text to try" : `${figure(caught)} of ${figure(of)}`}
                </td>
                <td className="mono pattern-text">
                  {value !== undefined && (
                    <>
                      <strong>
                        <Inert text={value} most={MAX_CHARACTERS} />
                      </strong>{" "}
                      <span className="muted">
                        of <Inert text={from ?? ""} most={MAX_CHARACTERS} />
                      </span>
                    </>
                  )}
                </td>
                <td className="mono pattern-text muted">
                  <Inert text={missed ?? ""} most={MAX_CHARACTERS} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
