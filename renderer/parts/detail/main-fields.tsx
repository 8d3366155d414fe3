import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { FieldName } from "../../../shared/filter/fields.ts";
import type { Caller } from "../../../shared/model/event.ts";
import type { CallDetail } from "../../../shared/model/explore.ts";
import { instant } from "../../text/format.ts";
import { Inert } from "../inert.tsx";
import { DeveloperLink } from "../number-link.tsx";
import { Field, ValueLink } from "./field.tsx";
import { FieldNames } from "./field-names.tsx";

const CALLER_WORDS: Record<Caller, string> = {
  app: "an application on its own",
  user: "a person",
  service: "the platform itself",
};

interface MainFieldsProps {
  readonly call: CallDetail;
  onInclude(field: FieldName, value: string): void;
}

/** The fields that most questions are about. */
export function MainFields({ call, onInclude }: MainFieldsProps): ReactNode {
  const { event, origins } = call;
  return (
    <dl className="detail-fields">
      <Field title="Time" origin={origins.time}>
        <span className="mono">{instant(event.time)}</span>
      </Field>
      {event.developer !== undefined && <Developer call={call} name={event.developer} />}
      {event.app !== undefined && (
        <Field title="App" origin={origins.app}>
          <ValueLink field="app" value={event.app} onInclude={onInclude} />{" "}
          {call.app_name !== undefined && (
            <span className="muted">
              <Inert text={call.app_name} most={100} />
            </span>
          )}
        </Field>
      )}
      {event.api !== undefined && (
        <Field title="API" origin={origins.api}>
          <ValueLink field="api" value={event.api} isMono={false} onInclude={onInclude} />
        </Field>
      )}
      {event.operation !== undefined && (
        <Field title="Operation" origin={origins.operation}>
          <ValueLink field="operation" value={event.operation} onInclude={onInclude} />
        </Field>
      )}
      <Field title="Outcome" origin={origins.outcome}>
        <span className={`mark mark-${event.outcome} detail-mark`} /> {event.outcome}
        {event.status !== undefined && <span className="muted"> HTTP {event.status}</span>}
      </Field>
      {event.fields !== undefined && (
        <Field title="Fields" origin={origins.fields}>
          <FieldNames names={event.fields} rules={call.verdicts.map(({ rule }) => rule)} />
          {event.fields_are === "requested" && <span className="muted"> as requested</span>}
        </Field>
      )}
      <Field title="People" origin={origins.subjects ?? origins.subject_count}>
        <People event={event} />
      </Field>
      {event.resource !== undefined && (
        <Field title="Resource" origin={origins.resource}>
          <ValueLink field="resource" value={event.resource} onInclude={onInclude} />
        </Field>
      )}
      {event.actor !== undefined && (
        <Field title="Actor" origin={origins.actor}>
          <ValueLink field="actor" value={event.actor} onInclude={onInclude} />
        </Field>
      )}
      {event.caller !== undefined && (
        <Field title="Caller" origin={origins.caller}>
          <ValueLink field="caller" value={event.caller} isMono={false} onInclude={onInclude} />{" "}
          <span className="muted">{CALLER_WORDS[event.caller]}</span>
        </Field>
      )}
      {event.ip !== undefined && (
        <Field title="Address" origin={origins.ip}>
          <ValueLink field="ip" value={event.ip} onInclude={onInclude} />
        </Field>
      )}
    </dl>
  );
}

/** Who made the call: from the log, else from the registry. */
function Developer({ call, name }: { call: CallDetail; name: string }): ReactNode {
  const { developer_id: id, origins } = call;
  return (
    <Field title="Developer" origin={origins.developer ?? (id.includes(":") ? undefined : "registry")}>
      <DeveloperLink id={id}>
        <Inert text={name} most={200} />
      </DeveloperLink>{" "}
      <span className="muted">{id.startsWith("name:") ? "not registered" : id}</span>
    </Field>
  );
}

/** How many people's data the call returned, and whether the log names them. */
function People({ event }: Pick<CallDetail, "event">): ReactNode {
  const people = event.subjects?.length ?? event.subject_count;
  if (people === undefined) return <span className="muted">not logged</span>;
  return (
    <>
      {figure(people)}{" "}
      <span className="muted">{event.subjects ? (people === 1 ? "id logged" : "ids logged") : "counted, no ids"}</span>
    </>
  );
}
