import { Tab, Tabs } from "@blueprintjs/core";
import { Fragment, memo, type ReactNode, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { FieldName } from "../../../shared/filter/fields.ts";
import { fieldPaths, fold } from "../../../shared/filter/match.ts";
import type { CallDetail } from "../../../shared/model/explore.ts";
import { useShared } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { instant, minute } from "../../text/format.ts";
import { Hash } from "../hash.tsx";
import { Inert } from "../inert.tsx";
import { DeveloperLink } from "../number-link.tsx";
import { Updating } from "../updating.tsx";
import { Line } from "./line.tsx";
import "./detail.css";

interface DetailProps {
  /** The current row's event id; absent: no row. */
  readonly event: number | undefined;
  readonly filter: string;
  readonly tags: readonly string[];
  /** Includes a value in the filter. */
  onInclude(field: FieldName, value: string): void;
}

/** One call: its fields with where they come from, its original line, the lines around it, its notes. */
export const Detail = memo(function Detail({ event, filter, tags, onInclude }: DetailProps): ReactNode {
  const [tab, setTab] = useState<string | number>("fields");
  const [more, setMore] = useState<number>();
  const asked = useAsk("call", event === undefined ? undefined : { event, ...(more === undefined ? {} : { more }) });
  return (
    <aside className="detail" aria-label="Detail" data-region tabIndex={-1}>
      {event === undefined ? (
        <p className="detail-none muted">No row.</p>
      ) : (
        <Updating asked={asked}>
          {(call) => (
            <Tabs id="detail" selectedTabId={tab} onChange={setTab} animate={false} renderActiveTabPanelOnly>
              <Tab
                id="fields"
                title="Fields"
                panel={<FieldsPanel call={call} filter={filter} tags={tags} onInclude={onInclude} />}
              />
              <Tab id="line" title="Line" panel={<LinePanel call={call} filter={filter} onMore={setMore} />} />
              <Tab id="near" title="Nearby" panel={<NearPanel call={call} filter={filter} />} />
              <Tab
                id="notes"
                title={call.notes.length === 0 ? "Notes" : `Notes ${call.notes.length}`}
                panel={<NotesPanel call={call} />}
              />
            </Tabs>
          )}
        </Updating>
      )}
    </aside>
  );
});

interface PanelProps {
  readonly call: CallDetail;
  readonly filter: string;
}

function FieldsPanel({
  call,
  filter,
  tags,
  onInclude,
}: PanelProps & Pick<DetailProps, "tags" | "onInclude">): ReactNode {
  const { event, origins } = call;
  const [all, setAll] = useState(false);
  const row = (title: string, field: FieldName | undefined, value: ReactNode, from?: string) => (
    <Field key={title} title={title} origin={from ?? (field ? origins[field] : undefined)}>
      {value}
    </Field>
  );
  const link = (field: FieldName, value: string | undefined, isMono = true) =>
    value === undefined ? undefined : (
      <button
        type="button"
        className={isMono ? "link mono detail-value" : "link detail-value"}
        title={`Include this value in the filter`}
        onClick={() => onInclude(field, value)}
      >
        <Inert text={value} most={400} />
      </button>
    );
  const people = event.subjects?.length ?? event.subject_count;
  const rows = [
    row("Time", "time", <span className="mono">{instant(event.time)}</span>),
    event.developer !== undefined &&
      row(
        "Developer",
        "developer",
        <>
          <DeveloperLink id={call.developer_id}>
            <Inert text={event.developer} most={200} />
          </DeveloperLink>{" "}
          <span className="muted">{call.developer_id.startsWith("name:") ? "not registered" : call.developer_id}</span>
        </>,
        origins.developer ?? (call.developer_id.includes(":") ? undefined : "registry"),
      ),
    event.app !== undefined &&
      row(
        "App",
        "app",
        <>
          {link("app", event.app)}{" "}
          {call.app_name !== undefined && (
            <span className="muted">
              <Inert text={call.app_name} most={100} />
            </span>
          )}
        </>,
      ),
    event.api !== undefined && row("API", "api", link("api", event.api, false)),
    event.operation !== undefined && row("Operation", "operation", link("operation", event.operation)),
    row(
      "Outcome",
      "outcome",
      <>
        <span className={`mark mark-${event.outcome} detail-mark`} /> {event.outcome}
        {event.status !== undefined && <span className="muted"> HTTP {event.status}</span>}
      </>,
    ),
    event.fields !== undefined &&
      row(
        "Fields",
        "fields",
        <>
          <FieldNames names={event.fields} rules={call.verdicts.map(({ rule }) => rule)} />
          {event.fields_are === "requested" && <span className="muted"> as requested</span>}
        </>,
      ),
    row(
      "People",
      "subjects",
      people === undefined ? (
        <span className="muted">not logged</span>
      ) : (
        <>
          {figure(people)}{" "}
          <span className="muted">
            {event.subjects ? (people === 1 ? "id logged" : "ids logged") : "counted, no ids"}
          </span>
        </>
      ),
      origins.subjects ?? origins.subject_count,
    ),
    event.resource !== undefined && row("Resource", "resource", link("resource", event.resource)),
    event.actor !== undefined && row("Actor", "actor", link("actor", event.actor)),
    event.ip !== undefined && row("Address", "ip", link("ip", event.ip)),
  ];
  const others = [
    event.method !== undefined &&
      row(
        "Method",
        "method",
        <span className="mono">
          <Inert text={event.method} most={40} />
        </span>,
      ),
    event.path !== undefined &&
      row(
        "Path",
        "path",
        <span className="mono">
          <Inert text={event.path} most={1000} />
        </span>,
      ),
    event.user_agent !== undefined &&
      row(
        "User agent",
        "user_agent",
        <span className="mono">
          <Inert text={event.user_agent} most={600} />
        </span>,
      ),
    event.request_id !== undefined && row("Request", "request_id", link("request_id", event.request_id)),
    event.bytes !== undefined && row("Bytes", "bytes", figure(event.bytes)),
    event.duration_ms !== undefined && row("Duration", "duration_ms", `${event.duration_ms} ms`),
    event.subjects !== undefined &&
      event.subjects.length > 0 &&
      row(
        "Ids",
        "subjects",
        <span className="mono">
          <Inert text={event.subjects.join(" ")} most={1500} />
        </span>,
      ),
    row("Place", undefined, `line ${figure(event.line)}, byte ${figure(event.offset)}, ${figure(event.length)} long`),
    event.duplicate && row("Duplicate", undefined, "the same record is in the case already; it counts once"),
  ];
  return (
    <div className="detail-panel">
      <dl className="detail-fields">{rows}</dl>
      {all && <dl className="detail-fields">{others}</dl>}
      <button type="button" className="link detail-more" onClick={() => setAll(!all)}>
        {all ? "Fewer fields" : "All fields"}
      </button>
      {(event.tags ?? []).length > 0 && (
        <p className="detail-tags">
          {(event.tags ?? []).map((tag) => (
            <span key={tag} className="detail-tag">
              <span className={`tag-mark tag-${tagNumber(tags, tag)}`}>
                {tagNumber(tags, tag) === 9 ? "+" : tagNumber(tags, tag)}
              </span>{" "}
              <Inert text={tag} />
            </span>
          ))}
        </p>
      )}
      {call.verdicts.map((verdict) => (
        <p
          key={verdict.rule}
          className={`verdict verdict-${verdict.level ?? "none"}`}
          title={verdict.title ?? verdict.rule}
        >
          <strong>{verdict.level === undefined ? "Counts nowhere." : `${LEVEL_WORDS[verdict.level]}.`}</strong>{" "}
          <Inert text={verdict.why} />
        </p>
      ))}
      <Line call={call} filter={filter} lines={8} />
    </div>
  );
}

/** What a rule restricts is bold. */
function FieldNames({ names, rules }: { names: readonly string[]; rules: readonly string[] }): ReactNode {
  const policy = useShared((state) => state.policy);
  const restricted = new Set(
    (policy?.rules ?? []).flatMap((rule) => (rules.includes(rule.id) ? rule.restricted_fields.map(fold) : [])),
  );
  const most = 60;
  return (
    <span>
      {names.slice(0, most).map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a log may name a field twice
        <Fragment key={index}>
          {index > 0 && ", "}
          {fieldPaths(name).some((path) => restricted.has(fold(path))) ? (
            <strong>
              <Inert text={name} most={100} />
            </strong>
          ) : (
            <Inert text={name} most={100} />
          )}
        </Fragment>
      ))}
      {names.length > most && <span className="muted"> and {figure(names.length - most)} more</span>}
    </span>
  );
}

const LEVEL_WORDS = { obtained: "Got data", possible: "May have got data", attempted: "Tried, got nothing" } as const;

function tagNumber(tags: readonly string[], tag: string): number {
  const at = tags.indexOf(tag) + 1;
  return at >= 1 && at <= 8 ? at : 9;
}

function Field({
  title,
  origin,
  children,
}: {
  title: string;
  origin: string | undefined;
  children: ReactNode;
}): ReactNode {
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {children}
        {origin !== undefined && (
          <span className="detail-origin mono" title={`Read from ${origin}`}>
            <Inert text={origin} most={60} />
          </span>
        )}
      </dd>
    </>
  );
}

function LinePanel({ call, filter, onMore }: PanelProps & { onMore(more: number): void }): ReactNode {
  return (
    <div className="detail-panel">
      <Line call={call} filter={filter} />
      {call.original.cut !== undefined && (
        <button
          type="button"
          className="link detail-more"
          onClick={() => onMore(Math.min(10_000_000, call.original.text.length * 10))}
        >
          Show more of the {figure(call.original.cut)} characters that are left
        </button>
      )}
      <dl className="detail-fields">
        <dt>Source</dt>
        <dd>
          <Inert text={call.member === undefined ? call.file : `${call.file}: ${call.member}`} />
        </dd>
        <dt>Bytes</dt>
        <dd>
          {figure(call.event.offset)} to {figure(call.event.offset + call.event.length)}, {call.encoding}
        </dd>
        <dt>sha256</dt>
        <dd>
          <Hash sha256={call.sha256} />
        </dd>
      </dl>
    </div>
  );
}

/** The physical lines around it, whatever they are: also those that were rejected. */
function NearPanel({ call }: PanelProps): ReactNode {
  const { before, after, original } = call;
  const all = [...before, original, ...after];
  return (
    <div className="detail-panel">
      <ol className="near">
        {all.map(({ line, text, cut }) => (
          <li
            key={line}
            className={line === original.line ? "near-line near-own" : "near-line"}
            aria-current={line === original.line ? "true" : undefined}
          >
            <span className="near-number muted">{figure(line)}</span>
            <span className="near-text mono">
              <Inert text={text} most={400} />
              {cut !== undefined && <span className="muted"> and {figure(cut)} more characters</span>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function NotesPanel({ call }: { call: CallDetail }): ReactNode {
  if (call.notes.length === 0) return <p className="detail-none muted">No notes. n writes one.</p>;
  return (
    <ol className="notes">
      {call.notes.map((note) => (
        <li key={`${note.at} ${note.text}`}>
          <p className="notes-text">
            <Inert text={note.text} most={20_000} />
          </p>
          <p className="muted">
            <Inert text={note.by} />, {minute(note.at)}
          </p>
        </li>
      ))}
    </ol>
  );
}
