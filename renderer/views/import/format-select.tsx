import { FormGroup, HTMLSelect } from "@blueprintjs/core";
import type { ReactNode } from "react";
import type { DesktopReply, SavedMapping } from "../../../shared/contract/desktop.ts";
import type { ImportChoice } from "../../session/import-queue.ts";

/** Before the name of a saved mapping, where the list's other values are formats. */
const SAVED_PREFIX = "saved ";

interface FormatSelectProps {
  readonly choice: ImportChoice;
  readonly formats: DesktopReply<"formats">["formats"];
  readonly saved: readonly SavedMapping[];
  onChange(choice: ImportChoice): void;
}

/** What the file is: as detected, a saved mapping, or a format, which a mapping by hand then begins from. */
export function FormatSelect({ choice, formats, saved, onChange }: FormatSelectProps): ReactNode {
  const document = choice.mapping?.document;
  const format = document === undefined ? choice.format : String(document.format ?? "");
  const isSaved = saved.some((each) => each.name === choice.mapping?.name && each.document === document);
  const setFormat = (value: string) => {
    const { format: _, mapping: __, ...others } = choice;
    const kept = saved.find(({ name }) => value === SAVED_PREFIX + name);
    if (kept) onChange({ ...others, mapping: kept });
    else if (value === "") onChange(others);
    else if (document && !isSaved) onChange({ ...others, mapping: { document: { ...document, format: value } } });
    else onChange({ ...others, format: value });
  };
  return (
    <FormGroup label="Format" labelFor="import-format">
      <HTMLSelect
        id="import-format"
        value={isSaved ? SAVED_PREFIX + choice.mapping?.name : (format ?? "")}
        onChange={(event) => setFormat(event.currentTarget.value)}
      >
        <option value="">as detected</option>
        {saved.length > 0 && (
          <optgroup label="Saved mappings">
            {saved.map(({ name }) => (
              <option key={name} value={SAVED_PREFIX + name}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
        <optgroup label="Formats">
          {formats.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </optgroup>
      </HTMLSelect>
    </FormGroup>
  );
}
