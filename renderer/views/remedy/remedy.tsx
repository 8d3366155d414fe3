import { Button, InputGroup } from "@blueprintjs/core";
import { type ReactNode, type RefObject, useMemo, useRef, useState } from "react";
import { fold } from "../../../shared/filter/match.ts";
import type { DeveloperRemedy, Step } from "../../../shared/model/accountability/remedy.ts";
import { type RemedySummary, remedySummary } from "../../../shared/model/accountability/remedy-summary.ts";
import type { AnswerDetail } from "../../../shared/model/answer.ts";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import { NoPolicy } from "../../parts/activity/no-policy.tsx";
import { ClocksTab } from "../../parts/clocks-tab.tsx";
import { Empty } from "../../parts/empty.tsx";
import { useNoCalls } from "../../parts/finding-lists/no-calls.tsx";
import { joinRequests } from "../../parts/finding-table/join-requests.ts";
import { RuleSelect, useRule } from "../../parts/finding-table/rule.tsx";
import { Page } from "../../parts/page.tsx";
import { Updating } from "../../parts/updating.tsx";
import { usePlace, useReadOnly, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { useCommand } from "../../session/use-command.ts";
import { Board } from "./board.tsx";
import { type Card, cardOf, inOrder } from "./cards.ts";
import { ExportTable } from "./export-table.tsx";
import { ImportSteps } from "./import-steps.tsx";
import { Letters } from "./letters.tsx";
import { ofShown, type RemedyView, type Shown, shownOf } from "./place.ts";
import { RecordStep } from "./record-step.tsx";
import { Sentence } from "./sentence.tsx";
import { StepsTable } from "./steps-table.tsx";
import { Strip } from "./strip.tsx";
import { TakeBack } from "./take-back.tsx";
import "./remedy.css";

/** Is it put right: how far each developer is, what speaks against it, and what is overdue. */
export function Remedy(): ReactNode {
  const rule = useRule();
  const noCalls = useNoCalls("Remedy");
  return noCalls ?? (rule ? <OfRule key={rule.id} rule={rule} /> : <WithoutRule />);
}

const WithoutRule = (): ReactNode => (
  <Page title="Remedy" isNarrow>
    <NoPolicy>No policy yet: a step is recorded under one of its rules.</NoPolicy>
  </Page>
);

function OfRule({ rule }: { rule: Rule }): ReactNode {
  const remedy = useAsk("remedy", { rule: rule.id });
  const findings = useAsk("findings", { rule: rule.id });
  const detail = useAsk("answer", { rule: rule.id });
  return (
    <section className="remedy" aria-label="Remedy" data-region tabIndex={-1}>
      <Updating asked={joinRequests(remedy, joinRequests(findings, detail))}>
        {({ a: { at, rules }, b: { a: findings, b: about } }) => {
          const [found] = findings.rules;
          const [own] = rules;
          return (
            found &&
            own && (
              <Body
                rule={rule}
                rows={own.developers}
                found={found}
                about={about}
                at={at}
                summary={remedySummary(found, own, at)}
              />
            )
          );
        }}
      </Updating>
    </section>
  );
}

interface BodyProps {
  readonly rule: Rule;
  readonly rows: readonly DeveloperRemedy[];
  readonly found: RuleFindings;
  readonly about: AnswerDetail;
  readonly at: string;
  readonly summary: RemedySummary;
}

/** What is open over the screen. */
type Open = { kind: "record"; step?: Step } | { kind: "back" } | { kind: "letters" };

function Body({ rule, rows, found, about, at, summary }: BodyProps): ReactNode {
  const session = useSession();
  const readOnly = useReadOnly();
  const shown = shownOf(usePlace());
  const [open, setOpen] = useState<Open>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const box = useRef<HTMLInputElement>(null);
  const show = (change: Partial<Shown>) => session.amend({ of: ofShown({ ...shown, ...change }) });
  const cards = useMemo(() => cardsOf(rows, found, summary, at), [rows, found, summary, at]);
  const listed = cards.filter((card) => isListed(card, shown, summary));
  const current = listed.find(({ row }) => row.developer_id === shown.developer) ?? undefined;
  const chosen = listed.filter(({ row }) => selected.has(row.developer_id));
  const acted = chosen.length > 0 ? chosen : current ? [current] : [];
  const none = acted.length === 0 ? "Choose a developer first" : undefined;
  const why = readOnly ?? none;
  useKeys({ box, current, chosen: acted, open: setOpen, why, none, readOnly });
  const record = (step?: Step) => setOpen({ kind: "record", ...(step === undefined ? {} : { step }) });
  const close = () => setOpen(undefined);
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  return (
    <div className="remedy-body">
      <Head
        rule={rule}
        shown={shown}
        all={rows.length}
        box={box}
        why={why}
        none={none}
        onShow={show}
        onRecord={() => record()}
        onLetters={() => setOpen({ kind: "letters" })}
        listed={listed}
      />
      <Sentence
        summary={summary}
        shown={shown}
        at={at}
        loggedUntil={about.logged_until}
        onList={(list) => show({ list })}
      />
      {chosen.length > 1 && (
        <p className="muted" role="status">
          {chosen.length} developers selected. What is recorded is recorded of each.{" "}
          <button type="button" className="link" onClick={() => setSelected(new Set())}>
            Select none
          </button>
        </p>
      )}
      {listed.length === 0 ? (
        <Empty
          why={shown.text === "" ? "Nobody is in this list." : `No developer matches "${shown.text}".`}
          action={<Button text="Show all" onClick={() => show({ list: "all", text: "" })} />}
        />
      ) : shown.view === "board" ? (
        <Board
          cards={listed}
          current={current?.row.developer_id}
          selected={selected}
          onCurrent={(developer) => show({ developer })}
          onToggle={toggle}
          onDrop={(developer, step) => {
            show({ developer });
            setSelected(new Set());
            record(step);
          }}
        />
      ) : (
        <StepsTable
          cards={listed}
          at={at}
          current={current?.row.developer_id}
          onCurrent={(developer) => show({ developer })}
        />
      )}
      {current && (
        <Strip
          card={current}
          rule={rule}
          at={at}
          loggedUntil={about.logged_until}
          why={readOnly}
          onRecord={record}
          onLetters={() => setOpen({ kind: "letters" })}
          onBack={() => setOpen({ kind: "back" })}
        />
      )}
      {open?.kind === "record" && <RecordStep cards={acted} rule={rule.id} at={at} step={open.step} onClose={close} />}
      {open?.kind === "back" && acted[0] && <TakeBack row={acted[0].row} onClose={close} />}
      {open?.kind === "letters" && <Letters cards={acted} rule={rule.id} at={at} onClose={close} />}
    </div>
  );
}

interface Keys {
  readonly box: RefObject<HTMLInputElement | null>;
  readonly current: Card | undefined;
  /** Those that an act is of. */
  readonly chosen: readonly Card[];
  readonly why: string | undefined;
  readonly none: string | undefined;
  readonly readOnly: string | undefined;
  open(what: Open): void;
}

/** What keys, menu and palette do here. */
function useKeys({ box, current, chosen, why, none, readOnly, open }: Keys): void {
  const session = useSession();
  useCommand("filter", () => box.current?.focus());
  useCommand("remedy.record", () => open({ kind: "record" }), { enabled: why === undefined, why });
  const last = chosen[0]?.row.entries.findLast(({ taken_back }) => taken_back === undefined);
  const backWhy = readOnly ?? (last === undefined ? (none ?? "No step of it is recorded") : undefined);
  useCommand("remedy.back", () => open({ kind: "back" }), { enabled: backWhy === undefined, why: backWhy });
  useCommand("developer.page", () => current && session.go({ screen: "developer", of: current.row.developer_id }), {
    enabled: current !== undefined,
    why: none,
  });
}

interface HeadProps {
  readonly rule: Rule;
  readonly shown: Shown;
  /** Developers under the rule. */
  readonly all: number;
  readonly box: RefObject<HTMLInputElement | null>;
  /** Why no step can be recorded, and why no letter can be drafted. */
  readonly why: string | undefined;
  readonly none: string | undefined;
  /** Those in view, in their order. */
  readonly listed: readonly Card[];
  onShow(change: Partial<Shown>): void;
  onRecord(): void;
  onLetters(): void;
}

function Head({ rule, shown, all, box, why, none, listed, onShow, onRecord, onLetters }: HeadProps): ReactNode {
  return (
    <div className="remedy-head">
      <h1 tabIndex={-1}>Remedy</h1>
      <Tabs shown={shown} all={all} onView={(view) => onShow({ view })} />
      <RuleSelect rule={rule} />
      <InputGroup
        inputRef={box}
        type="search"
        aria-label="Find a developer"
        placeholder="Find a developer"
        value={shown.text}
        onChange={(event) => onShow({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || shown.text === "") return;
          event.preventDefault();
          onShow({ text: "" });
        }}
      />
      <span className="gap" />
      <ImportSteps />
      <ExportTable rule={rule.id} cards={listed} />
      <Button text="Draft letters" disabled={none !== undefined} title={none ?? ""} onClick={onLetters} />
      <Button
        intent="primary"
        text="Record a step"
        disabled={why !== undefined}
        title={why ?? "r"}
        onClick={onRecord}
      />
    </div>
  );
}

function cardsOf(rows: readonly DeveloperRemedy[], found: RuleFindings, summary: RemedySummary, at: string): Card[] {
  const findings = new Map(found.developers.map((row) => [row.developer_id, row]));
  const holding = new Set(summary.holding.map(({ developer_id }) => developer_id));
  return rows
    .map((row) => cardOf(row, findings.get(row.developer_id), holding.has(row.developer_id), at))
    .sort(inOrder);
}

/** Whether a developer is in the list that a number of the sentence counts, and matches what is looked for. */
function isListed({ row }: Card, { list, text }: Shown, summary: RemedySummary): boolean {
  const wanted = fold(text.trim());
  if (wanted !== "" && !fold(row.developer).includes(wanted) && !fold(row.developer_id).includes(wanted)) return false;
  const lists = {
    all: undefined,
    held: summary.held,
    revoked: summary.revoked,
    holding: summary.holding,
    after: summary.calledAfter,
    certified: summary.certifiedAgainst,
    overdue: summary.overdue,
  };
  return lists[list] === undefined || lists[list].includes(row);
}

function Tabs({ shown, all, onView }: { shown: Shown; all: number; onView(view: RemedyView): void }): ReactNode {
  const tab = (view: RemedyView, words: ReactNode) => (
    <button type="button" className="remedy-tab" aria-pressed={shown.view === view} onClick={() => onView(view)}>
      {words}
    </button>
  );
  return (
    <fieldset className="remedy-tabs" aria-label="View">
      {tab("board", "Board")}
      {tab(
        "table",
        <>
          Table <span className="muted">{all}</span>
        </>,
      )}
      <ClocksTab className="remedy-tab" />
    </fieldset>
  );
}
