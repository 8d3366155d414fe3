import { Checkbox, FormGroup, HTMLSelect } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import type { ImportChoice, ImportItem } from "../../session/import-queue.ts";
import { newDraft, withOption } from "../../session/mapping-draft.ts";
import { useFormats } from "../../session/use-formats.ts";
import { TIME_ZONES } from "../../text/time-zones.ts";
import { CommittedField } from "./committed-field.tsx";
import { FormatSelect } from "./format-select.tsx";
import { MappingFile } from "./mapping-file.tsx";
import { READER_OPTIONS } from "./reader-options.ts";

/** How a file is to be read: format, zone, mapping. Whatever is changed, the preview follows. */
export function Choices({ item, onChange }: { item: ImportItem; onChange(choice: ImportChoice): void }): ReactNode {
  const { choice, found } = item;
  const detected = found?.looks[0];
  const [refused, setRefused] = useState<RefusalData>();
  const { known, saved, setSaved } = useFormats(setRefused);
  const draft = choice.mapping?.document;
  const format = draft === undefined ? choice.format : String(draft.format ?? "");
  const setZone = (timezone: string) => {
    const { timezone: _, ...others } = choice;
    onChange(timezone === "" ? others : { ...others, timezone });
  };
  const setOption = (option: Parameters<typeof withOption>[1]) => (text: string) => {
    const { format: _, mapping: __, ...others } = choice;
    const base = draft ?? newDraft(format ?? detected?.format ?? "csv");
    onChange({ ...others, mapping: { document: withOption(base, option, text) } });
  };

  return (
    <section className="import-choices" aria-label="How it is read">
      <FormatSelect choice={choice} formats={known.formats} saved={saved} onChange={onChange} />
      <FormGroup label="Zone of times without one" labelFor="import-zone">
        <HTMLSelect
          id="import-zone"
          value={choice.timezone ?? ""}
          onChange={(event) => setZone(event.currentTarget.value)}
        >
          <option value="">the mapping’s, else UTC</option>
          {TIME_ZONES.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </HTMLSelect>
      </FormGroup>
      <FormGroup label="Encoding" labelFor="import-encoding" className="import-narrow">
        <HTMLSelect
          id="import-encoding"
          value={String(draft?.encoding ?? "")}
          onChange={(event) => setOption("encoding")(event.currentTarget.value)}
        >
          <option value="">as found</option>
          {known.encodings.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </HTMLSelect>
      </FormGroup>
      {(READER_OPTIONS[format ?? detected?.format ?? ""] ?? []).map(({ option, label, hint }) => (
        <CommittedField
          key={option}
          id={`import-${option}`}
          label={label}
          hint={hint}
          isWide={option === "pattern"}
          value={String(draft?.[option] ?? "")}
          onCommit={setOption(option)}
        />
      ))}
      {!item.isResumed && (
        <Checkbox
          className="import-wide"
          label="Leave the original where it is: hashed and watched, not copied into the case"
          checked={choice.byReference ?? false}
          onChange={(event) => {
            const { byReference: _, ...others } = choice;
            onChange(event.currentTarget.checked ? { ...others, byReference: true } : others);
          }}
        />
      )}
      <MappingFile item={item} saved={saved} onSaved={setSaved} onChange={onChange} onRefused={setRefused} />
      {refused && <ErrorPanel error={refused} />}
    </section>
  );
}
