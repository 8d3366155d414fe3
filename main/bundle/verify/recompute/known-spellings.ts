import type { Findings } from "../../../../shared/model/finding.ts";
import type { Case } from "../../../case/case.ts";

/**
 * Findings show apps and developers as the logs first spell them (UUIDs and e-mail addresses are one whatever their case),
 * and that call need not be in the bundle. The throw-away case, still empty, meets them first as the findings spell them.
 * That a line has the id is seen when it is read.
 */
export function takeSpellings({ rules }: Findings, { db }: Case): void {
  const put = (column: "app" | "developer") => {
    const insert = db.prepare(`insert or ignore into text_${column} (value) values (?)`);
    return (id: string) => void insert.run(id);
  };
  const [putApp, putDeveloper] = [put("app"), put("developer")];
  const named = "name:";
  db.transaction(() => {
    for (const { apps, developer_id: id } of rules.flatMap(({ developers }) => developers)) {
      apps.forEach(putApp);
      if (id.startsWith(named)) putDeveloper(id.slice(named.length));
    }
  })();
}
