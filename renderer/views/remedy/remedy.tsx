import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { Empty } from "../../parts/empty.tsx";
import { Inert } from "../../parts/inert.tsx";
import { DeveloperLink } from "../../parts/number-link.tsx";
import { Page } from "../../parts/page.tsx";
import { type Column, RecordTable } from "../../parts/record-table.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { day } from "../../text/format.ts";

interface Step {
  readonly id: string;
  readonly developer: string;
  readonly step: string;
  readonly on: string;
}

/** The steps of putting right that the case holds, by developer. */
export function Remedy(): ReactNode {
  const session = useSession();
  const asked = useAsk("findings", {});
  return (
    <Page title="Remedy">
      <Updating asked={asked}>
        {({ rules }) => {
          const steps = rules.flatMap((rule) =>
            rule.developers.flatMap(({ developer_id, developer, remedy }) =>
              remedy.map(({ step, on }): Step => ({ id: developer_id, developer, step, on })),
            ),
          );
          return steps.length === 0 ? (
            <Empty
              why="This case holds no remedy: no notice, deletion or certificate of any developer."
              action={<Button text="Show the developers" onClick={() => session.go({ screen: "developers" })} />}
            />
          ) : (
            <div className="table-scroll">
              <RecordTable
                label="Remedy"
                rows={steps}
                columns={COLUMNS}
                keyOf={({ id, step, on }) => `${id} ${step} ${on}`}
              />
            </div>
          );
        }}
      </Updating>
    </Page>
  );
}

const COLUMNS: readonly Column<Step>[] = [
  {
    title: "Developer",
    cell: ({ id, developer }) => (
      <DeveloperLink id={id}>
        <Inert text={developer} />
      </DeveloperLink>
    ),
  },
  { title: "Step", cell: ({ step }) => <Inert text={step} /> },
  { title: "On (UTC)", cell: ({ on }) => <span className="mono">{day(on)}</span> },
];
