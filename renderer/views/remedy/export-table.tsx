import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useSession } from "../../session/session.tsx";
import { counted, fileName } from "../../text/format.ts";
import type { Card } from "./cards.ts";

/** Writes the developers in view as a table: CSV, or a workbook where the name that is chosen ends so. */
export function ExportTable({ rule, cards }: { rule: string; cards: readonly Card[] }): ReactNode {
  const session = useSession();
  const save = async () => {
    try {
      const { file } = await desktop("chooseSave", { name: "remedy.csv", title: "Export the table (.csv or .xlsx)" });
      if (file === undefined) return;
      const listed = cards.map(({ row }) => row.developer_id);
      const made = await session.act("remedyFile", { rule, developers: listed, file });
      session.say(`Exported ${counted(made.developers, "developer")}: ${fileName(made.file)}.`);
    } catch (fault) {
      session.say("", { error: refusalOf(fault) });
    }
  };
  return (
    <Button
      text="Export table"
      disabled={cards.length === 0}
      title={cards.length === 0 ? "Nobody is in this list" : "CSV or XLSX"}
      onClick={() => void save()}
    />
  );
}
