import { type ReactNode, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { AnswerDetail } from "../../../shared/model/answer.ts";
import type { DeveloperFinding } from "../../../shared/model/finding.ts";
import { developerTerm, levelFilter, WITHOUT_LIST } from "../../parts/finding-table/links.ts";
import { Inert } from "../../parts/inert.tsx";
import { DeveloperLink, NumberLink } from "../../parts/number-link.tsx";
import { counted, peopleWords } from "../../text/format.ts";

const FIRST_ROWS = 8;

/** Calls without any list of people: what a filter can show. */
const bare = ({ counted: some, silent, contrary }: { counted: number; silent: number; contrary: number }): number =>
  some + silent - contrary;

/** From the calls themselves: which say whose data they returned, which do not, and whose they are. */
export function WhyNotExact({ detail, rows }: { detail: AnswerDetail; rows: readonly DeveloperFinding[] }): ReactNode {
  const [isWhole, setIsWhole] = useState(false);
  const { listing, unlisted, rule } = detail;
  const all = listing.listed + listing.counted + listing.silent;
  const filter = levelFilter(rule, "obtained", WITHOUT_LIST);
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
        {listing.contrary > 0 && (
          <>{counted(listing.contrary, "call")} of these hold an empty list beside the number: the number stands. </>
        )}
        {bare(listing) > 0 && (
          <NumberLink
            value={bare(listing)}
            filter={filter}
            words={`Show the ${counted(bare(listing), "call")} without a list`}
          />
        )}
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
          {unlisted.slice(0, isWhole ? undefined : FIRST_ROWS).map((each) => {
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
                  {each.contrary > 0 ? (
                    figure(each.counted + each.silent)
                  ) : (
                    <NumberLink
                      value={bare(each)}
                      filter={levelFilter(rule, "obtained", developerTerm(each, rows), WITHOUT_LIST)}
                    />
                  )}
                </td>
                <td className="right">{row ? peopleWords(row.obtained.people) : ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {unlisted.length > FIRST_ROWS && (
        <button type="button" className="link" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? "Fewer" : `All ${figure(unlisted.length)} developers`}
        </button>
      )}
    </div>
  );
}
