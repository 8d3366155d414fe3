import { FormGroup, HTMLSelect } from "@blueprintjs/core";
import type { ReactNode } from "react";
import type { DesktopReply, SavedMapping } from "../../../shared/contract/desktop.ts";
import type { SourceState } from "../../../shared/model/source.ts";
import { inertText } from "../../parts/inert.tsx";
import { TIME_ZONES } from "../../text/time-zones.ts";
import type { Reading } from "./use-read-again.ts";

interface ReadingFieldsProps {
  readonly source: SourceState;
  readonly reading: Reading;
  readonly known: DesktopReply<"formats">;
  readonly saved: readonly SavedMapping[];
  onChange(change: Partial<Reading>): void;
}

/** Zone, encoding, and format or mapping; each says what it was. */
export function ReadingFields({ source, reading, known, saved, onChange }: ReadingFieldsProps): ReactNode {
  const { zone, encoding, format, mapping } = reading;
  return (
    <>
      <FormGroup label="Zone of times without one" labelFor="again-zone">
        <HTMLSelect
          id="again-zone"
          fill
          value={zone}
          onChange={(event) => onChange({ zone: event.currentTarget.value })}
        >
          <option value="">as before: {source.timezone}</option>
          {TIME_ZONES.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </HTMLSelect>
      </FormGroup>
      <FormGroup label="Encoding" labelFor="again-encoding">
        <HTMLSelect
          id="again-encoding"
          fill
          value={encoding}
          onChange={(event) => onChange({ encoding: event.currentTarget.value })}
        >
          <option value="">as before: {source.encoding}</option>
          {known.encodings.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </HTMLSelect>
      </FormGroup>
      <FormGroup label="Format or mapping" labelFor="again-format">
        <HTMLSelect
          id="again-format"
          fill
          value={mapping ? `mapping ${mapping.name}` : format}
          onChange={({ currentTarget: { value } }) => {
            const kept = saved.find(({ name }) => value === `mapping ${name}`);
            onChange({ mapping: kept, format: kept ? "" : value });
          }}
        >
          <option value="">as before: {inertText(source.format)}</option>
          {mapping && !saved.some(({ name }) => name === mapping.name) && (
            <option value={`mapping ${mapping.name}`}>{inertText(mapping.name)}</option>
          )}
          {saved.map(({ name }) => (
            <option key={name} value={`mapping ${name}`}>
              {name}
            </option>
          ))}
          {known.formats.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </HTMLSelect>
      </FormGroup>
    </>
  );
}
