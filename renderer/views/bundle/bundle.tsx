import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { given } from "../../../shared/base/given.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Page, Section } from "../../parts/page.tsx";
import { progressWords } from "../../parts/progress.ts";
import { Updating } from "../../parts/updating.tsx";
import { useShared } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { Verdict } from "../verify/verdict.tsx";
import { Choices } from "./choices.tsx";
import { Contents } from "./contents.tsx";
import { Made } from "./made.tsx";
import { JOB, useBundle } from "./use-bundle.ts";
import "./bundle.css";

/** What goes into the evidence bundle, how much that is, and, once it is made, its own verification. */
export function Bundle(): ReactNode {
  const { choices, isMaking, made, refused, verification, why, chooseKey, create, forget } = useBundle();
  const { filter, findings: states, developer, originals } = choices;
  const asked = useAsk(
    "bundleChoice",
    states?.length === 0 ? undefined : given({ filter, findings: states, developer }),
  );
  const job = useShared((state) => (isMaking ? state.jobs.find(({ title }) => title === JOB) : undefined));
  const findings = useAsk("findings", {});
  const developers = new Map(
    findings.reply?.rules.flatMap((rule) => rule.developers.map((row) => [row.developer_id, row.developer] as const)),
  );
  const empty =
    asked.reply?.events === 0 && asked.reply.findings === 0
      ? "Nothing is in it: no finding, tag, note, denied call or filter"
      : undefined;
  const stateless = states?.length === 0 ? "No state of findings is chosen" : undefined;
  const off = why ?? stateless ?? empty;
  return (
    <Page title="Bundle">
      <div className="bundle">
        <Section title="Choices">
          <div className="panel">
            <Choices
              choices={choices}
              developers={developers}
              counts={asked.reply?.by_state}
              onChooseKey={() => void chooseKey()}
            />
            {refused && <ErrorPanel error={refused} />}
            <Button
              intent="primary"
              text="Create bundle"
              loading={isMaking}
              disabled={off !== undefined || !asked.isCurrent || asked.error !== undefined}
              title={off ?? ""}
              onClick={create}
            />
            {job?.progress && (
              <p role="status">
                {job.progress.what}: {progressWords(job.progress)}
              </p>
            )}
            {off !== undefined && <p className="warning">{off}.</p>}
          </div>
        </Section>
        <Section title={made ? "Made" : "What it will hold"}>
          {made ? (
            <Made made={made} onAgain={forget}>
              <Verdict verification={verification} />
            </Made>
          ) : (
            <div className="panel">
              <Updating asked={asked}>
                {(choice) => <Contents choice={choice} states={states} withOriginals={originals} />}
              </Updating>
            </div>
          )}
        </Section>
      </div>
    </Page>
  );
}
