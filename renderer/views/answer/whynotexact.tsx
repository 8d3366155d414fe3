import { type ReactNode, useState } from "react";
import type { AnswerDetail } from "../../../shared/model/answer.ts";
import type { DeveloperFinding } from "../../../shared/model/finding.ts";
import { developerTerm, levelFilter } from "../../parts/findingtable/links.ts";
import { counted, figure, peopleWords } from "../../parts/format.ts";
import { Inert } from "../../parts/inert.tsx";
import { DeveloperLink, NumberLink } from "../../parts/numberlink.tsx";

const FIRST = 8;

/** From the calls themselves: which say whose data they returned, which do not, and whose they are. */
export function WhyNotExact({ detail, rows }: { detail: AnswerDetail; rows: readonly DeveloperFinding[] }): ReactNode {
  const [isWhole, setIsWhole] = useState(false);
  const { listing, unlisted, rule } = detail;
  const all = listing.listed + listing.counted + listing.silent;
  const filter = levelFilter(rule, "obtained", "-subjects:*");
  return (
    <div className="why-not-exact">
      <p>
        {counted(all, "call")} got data. {figure(listing.listed)} of them list the people they returned by id.{" "}
        {listing.counted > 0 && (
          <>{counted(listing.counted, "call")} say only how many: the same people may be in them again, or others. </>
        )}
        {listing.silent > 0 && (
          <>
            {counted(listing.silent, "call")} say nothing of people: only the size of what was asked for bounds them,
            where it is known.{" "}
          </>
        )}
        <NumberLink
          value={listing.counted + listing.silent}
          filter={filter}
          words={`Show the ${counted(listing.counted + listing.silent, "call")} without ids`}
        />
      </p>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Developer whose logs hold no ids</th>
            <th scope="col" className="right">
              Only a number
            </th>
            <th scope="col" className="right">
              Nothing
            </th>
            <th scope="col" className="right">
              Without ids
            </th>
            <th scope="col" className="right">
              People
            </th>
          </tr>
        </thead>
        <tbody>
          {unlisted.slice(0, isWhole ? undefined : FIRST).map((each) => {
            const row = rows.find(({ developer_id }) => developer_id === each.developer_id);
            return (
              <tr key={each.developer_id}>
                <th scope="row">
                  <DeveloperLink id={each.developer_id}>
                    <Inert text={each.developer} most={200} />
                  </DeveloperLink>
                </th>
                <td className="right">{figure(each.counted)}</td>
                <td className="right">{figure(each.silent)}</td>
                <td className="right">
                  <NumberLink
                    value={each.counted + each.silent}
                    filter={levelFilter(rule, "obtained", developerTerm(each, rows), "-subjects:*")}
                  />
                </td>
                <td className="right">{row ? peopleWords(row.obtained.people) : ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {unlisted.length > FIRST && (
        <button type="button" className="link" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? "Fewer" : `All ${figure(unlisted.length)} developers`}
        </button>
      )}
    </div>
  );
}
