import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { RegistryConflicts } from "../../../shared/model/registry.ts";
import { Empty } from "../../parts/empty.tsx";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { Section } from "../../parts/page.tsx";
import { Updating } from "../../parts/updating.tsx";
import type { Asked } from "../../session/use-ask.ts";
import { counted } from "../../text/format.ts";

/** What the registry says in two ways, or otherwise than the logs. Nothing here decides it. */
export function Conflicts({ asked }: { asked: Asked<RegistryConflicts> }): ReactNode {
  return (
    <section className="registry-conflicts" aria-label="Conflicts" tabIndex={0}>
      <Updating asked={asked}>
        {({ groups, rows }) =>
          groups.length === 0 ? (
            <Empty why={rows === 0 ? "No registry yet." : `No conflicts in ${counted(rows, "row")}.`} />
          ) : (
            groups.map(({ kind, told }) => (
              <Section key={kind} title={`${capital(kind)} ${figure(told.length)}`}>
                <ul>
                  {told.map(({ text, filter }) => (
                    <li key={text}>
                      <Inert text={text} most={500} />.{" "}
                      {filter !== undefined && <FilterLink filter={filter}>Show the rows</FilterLink>}
                    </li>
                  ))}
                </ul>
              </Section>
            ))
          )
        }
      </Updating>
    </section>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
