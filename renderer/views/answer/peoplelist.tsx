import { Button } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { RefusalData } from "../../../shared/errors.ts";
import { figure } from "../../../shared/figure.ts";
import { quote } from "../../../shared/filter/print.ts";
import { useAsk } from "../../app/ask.ts";
import { desktop } from "../../app/client.ts";
import { refusalOf } from "../../app/refusal.ts";
import { useSession } from "../../app/session.tsx";
import { ErrorPanel } from "../../parts/errorpanel.tsx";
import { counted, peopleWords } from "../../parts/format.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/numberlink.tsx";
import { SideSheet } from "../../parts/sidesheet.tsx";
import { Updating } from "../../parts/updating.tsx";

const PAGE = 500;

/** The people behind the number, id by id, each with the calls that list it. */
export function PeopleList({ filter, onClose }: { filter: string; onClose: () => void }): ReactNode {
  const session = useSession();
  const [offset, setOffset] = useState(0);
  const [error, setError] = useState<RefusalData>();
  const asked = useAsk("peopleIds", { filter, offset, limit: PAGE });
  const save = async () => {
    setError(undefined);
    try {
      const { file } = await desktop("chooseSave", { name: "people.txt", title: "Save the list of people" });
      if (file === undefined) return;
      const { listed } = await session.act("peopleList", { filter, file });
      session.say(`Saved ${counted(listed, "id")}.`);
    } catch (fault) {
      setError(refusalOf(fault));
    }
  };
  return (
    <SideSheet isOpen title="People whose data was got" size={480} onClose={onClose}>
      <div className="people-list">
        <Updating asked={asked}>
          {({ people, listed, offset: from, ids }) => (
            <>
              <p>
                {people.basis === "exact"
                  ? `${peopleWords(people)}, exact.`
                  : `The calls list ${counted(listed, "id")}: ${peopleWords(people)}.`}
              </p>
              <div className="row-of-buttons">
                <Button size="small" text="Save list" onClick={() => void save()} />
                <span className="gap" />
                <Button
                  size="small"
                  text="Previous"
                  disabled={offset === 0}
                  onClick={() => setOffset(Math.max(0, offset - PAGE))}
                />
                <span>
                  {listed === 0 ? "0" : `${figure(from + 1)} to ${figure(from + ids.length)}`} of {figure(listed)}
                </span>
                <Button
                  size="small"
                  text="Next"
                  disabled={offset + PAGE >= listed}
                  onClick={() => setOffset(offset + PAGE)}
                />
              </div>
              {error && <ErrorPanel error={error} />}
              <ul className="people-ids mono">
                {ids.map((id) => (
                  <li key={id} className="cut" title={inertText(id)}>
                    <FilterLink filter={`${filter} subjects:${quote(id)}`}>
                      <Inert text={id} most={120} />
                    </FilterLink>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Updating>
      </div>
    </SideSheet>
  );
}
