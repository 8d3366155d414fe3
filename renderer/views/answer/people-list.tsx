import { Button } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import { quote } from "../../../shared/filter/print.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { SideSheet } from "../../parts/side-sheet.tsx";
import { Updating } from "../../parts/updating.tsx";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted, peopleWords } from "../../text/format.ts";
import { AskForPeople } from "./ask-for-people.tsx";

const IDS_PER_PAGE = 500;

interface Props {
  readonly rule: string;
  readonly filter: string;
  readonly onClose: () => void;
}

/** The people behind the number, id by id, each with the calls that list it; the list for notification; and who was affected. */
export function PeopleList({ rule, filter, onClose }: Props): ReactNode {
  const session = useSession();
  const [offset, setOffset] = useState(0);
  const [error, setError] = useState<RefusalData>();
  const asked = useAsk("peopleIds", { filter, offset, limit: IDS_PER_PAGE });
  const save = async (name: string) => {
    setError(undefined);
    try {
      const { file } = await desktop("chooseSave", { name, title: "Save the list of people" });
      if (file === undefined) return;
      const { listed } = await session.act("peopleList", { filter, file });
      session.say(`Saved ${counted(listed, "id")}.`);
    } catch (fault) {
      setError(refusalOf(fault));
    }
  };
  return (
    <SideSheet isOpen title="People whose data was got" size={640} onClose={onClose}>
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
                <span>Notification list:</span>
                <Button size="small" text="CSV" title="A row a person" onClick={() => void save("people.csv")} />
                <Button size="small" text="XLSX" title="A row a person" onClick={() => void save("people.xlsx")} />
                <Button size="small" text="Ids alone" onClick={() => void save("people.txt")} />
              </div>
              <AskForPeople rule={rule} />
              <div className="row-of-buttons">
                <span className="gap" />
                <Button
                  size="small"
                  text="Previous"
                  disabled={offset === 0}
                  onClick={() => setOffset(Math.max(0, offset - IDS_PER_PAGE))}
                />
                <span>
                  {listed === 0 ? "0" : `${figure(from + 1)} to ${figure(from + ids.length)}`} of {figure(listed)}
                </span>
                <Button
                  size="small"
                  text="Next"
                  disabled={offset + IDS_PER_PAGE >= listed}
                  onClick={() => setOffset(offset + IDS_PER_PAGE)}
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
