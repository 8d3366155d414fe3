import { figure } from "../../../shared/base/figure.ts";
import type { SourceReport } from "../../../shared/model/source.ts";
import type { Case } from "../../case/case.ts";
import { sourceRow } from "../../case/sources.ts";

/** A source's report with what is said of it once, as it is imported. `unread`: what its beginning has that no event has. */
export function withSaid<Report extends SourceReport>(
  { db }: Case,
  report: Report,
  unread: string | undefined,
): Report & { unread?: string } {
  const { broken_text: broken } = sourceRow(db, report.source);
  const records = broken === 1 ? "1 record holds" : `${figure(broken)} records hold`;
  const brokenText =
    broken === 0
      ? undefined
      : `${records} bytes that are no text in ${report.encoding}, shown as \uFFFD: \`exhibit remap --encoding\` can read it again`;
  const said = [unread, brokenText].filter((part) => part !== undefined);
  return said.length === 0 ? report : { ...report, unread: said.join("; ") };
}
