import type { ReactNode } from "react";
import { STEPS } from "../../../shared/model/accountability/remedy.ts";
import { LevelMark } from "../../parts/finding-table/level.tsx";
import { Inert } from "../../parts/inert.tsx";
import { DeveloperLink } from "../../parts/number-link.tsx";
import { type Column, RecordTable } from "../../parts/record-table.tsx";
import { STEP_WORDS } from "../../text/step-words.ts";
import { type Card, contradicted, daysOverdue, lateText, NOTHING_YET, plannedFor } from "./cards.ts";

interface Props {
  readonly cards: readonly Card[];
  readonly at: string;
  readonly current: string | undefined;
  onCurrent(developer: string): void;
}

/** The board as a table: a row a developer, a column a step with the day it was last done. */
export function StepsTable({ cards, at, current, onCurrent }: Props): ReactNode {
  const index = Math.max(
    0,
    cards.findIndex(({ row }) => row.developer_id === current),
  );
  const columns: readonly Column<Card>[] = [
    {
      title: "Developer",
      cell: ({ row }) => (
        <DeveloperLink id={row.developer_id}>
          <Inert text={row.developer} most={120} />
        </DeveloperLink>
      ),
    },
    { title: "Level", cell: ({ row }) => row.level && <LevelMark level={row.level} /> },
    { title: "State", cell: ({ row }) => (row.state === undefined ? NOTHING_YET : STEP_WORDS[row.state]) },
    ...STEPS.map(
      (step): Column<Card> => ({
        title: STEP_WORDS[step],
        cell: ({ row }) => {
          const done = row.entries.findLast(
            (entry) => entry.step === step && entry.on && entry.taken_back === undefined,
          );
          return (
            <span className={done && done.against.length > 0 ? "mono remedy-bad" : "mono"}>
              {done?.on?.slice(0, 10)}
            </span>
          );
        },
      }),
    ),
    { title: "Next", cell: ({ row }) => row.next && STEP_WORDS[row.next] },
    {
      title: "Due",
      cell: ({ row }) => {
        const days = daysOverdue(row, at);
        const due = plannedFor(row);
        return days === undefined ? (
          <span className="mono">{due?.slice(0, 10)}</span>
        ) : (
          <span className="remedy-late">{lateText(days)}</span>
        );
      },
    },
    {
      title: "Against",
      isFigure: true,
      cell: ({ row }) => {
        const against = contradicted(row).length;
        return against > 0 && <span className="remedy-bad">{against}</span>;
      },
    },
  ];
  return (
    <div className="table-scroll remedy-table">
      <RecordTable
        label="Remedy"
        rows={cards}
        columns={columns}
        keyOf={({ row }) => row.developer_id}
        current={index}
        onMove={(to) => {
          const card = cards[to];
          if (card) onCurrent(card.row.developer_id);
        }}
        onOpen={({ row }) => onCurrent(row.developer_id)}
      />
    </div>
  );
}
