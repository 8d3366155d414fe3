import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { FieldName } from "../../../shared/filter/fields.ts";
import type { CallDetail } from "../../../shared/model/explore.ts";
import { Inert } from "../inert.tsx";
import { Field, ValueLink } from "./field.tsx";

interface OtherFieldsProps {
  readonly call: CallDetail;
  onInclude(field: FieldName, value: string): void;
}

/** The fields that are shown when all are asked for. */
export function OtherFields({ call, onInclude }: OtherFieldsProps): ReactNode {
  const { event, origins } = call;
  return (
    <dl className="detail-fields">
      {event.method !== undefined && (
        <Field title="Method" origin={origins.method}>
          <Plain text={event.method} most={40} />
        </Field>
      )}
      {event.path !== undefined && (
        <Field title="Path" origin={origins.path}>
          <Plain text={event.path} most={1000} />
        </Field>
      )}
      {event.user_agent !== undefined && (
        <Field title="User agent" origin={origins.user_agent}>
          <Plain text={event.user_agent} most={600} />
        </Field>
      )}
      {event.request_id !== undefined && (
        <Field title="Request" origin={origins.request_id}>
          <ValueLink field="request_id" value={event.request_id} onInclude={onInclude} />
        </Field>
      )}
      {event.bytes !== undefined && (
        <Field title="Bytes" origin={origins.bytes}>
          {figure(event.bytes)}
        </Field>
      )}
      {event.duration_ms !== undefined && (
        <Field title="Duration" origin={origins.duration_ms}>{`${event.duration_ms} ms`}</Field>
      )}
      {event.subjects !== undefined && event.subjects.length > 0 && (
        <Field title="Ids" origin={origins.subjects}>
          <Plain text={event.subjects.join(" ")} most={1500} />
        </Field>
      )}
      <Field title="Place">
        {`line ${figure(event.line)}, byte ${figure(event.offset)}, ${figure(event.length)} long${event.part === undefined ? "" : `, call ${figure(event.part)} of it`}`}
      </Field>
      {event.duplicate && <Field title="Duplicate">the same record is in the case already; it counts once</Field>}
    </dl>
  );
}

function Plain({ text, most }: { text: string; most: number }): ReactNode {
  return (
    <span className="mono">
      <Inert text={text} most={most} />
    </span>
  );
}
