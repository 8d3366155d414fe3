import { Checkbox, FormGroup, HTMLSelect } from "@blueprintjs/core";
import { type ReactNode, useEffect, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { DesktopReply, SavedMapping } from "../../../shared/contract/desktop.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { desktop } from "../../session/client.ts";
import type { ImportChoice, ImportItem } from "../../session/import-queue.ts";
import { newDraft, withOption } from "../../session/mapping-draft.ts";
import { refusalOf } from "../../session/refusal.ts";
import { Committed } from "./committed.tsx";
import { MappingFile } from "./mapping-file.tsx";

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
const SAVED = "saved ";

interface Reader {
  readonly option: "delimiter" | "skip_rows" | "records" | "pattern";
  readonly label: string;
  readonly hint: string;
}
/** What a reader can be told, beside the format. */
const READERS: Readonly<Record<string, readonly Reader[]>> = {
  csv: [
    { option: "delimiter", label: "Between cells", hint: "as found" },
    { option: "skip_rows", label: "Lines before the header", hint: "0" },
  ],
  json: [{ option: "records", label: "Records are in", hint: "as found; or a path such as data.items" }],
  regex: [{ option: "pattern", label: "Pattern", hint: "^(?<time>\\S+) (?<ip>\\S+) (?<path>.*)$" }],
};

/** How a file is to be read: format, zone, mapping. Whatever is changed, the preview follows. */
export function Choices({ item, onChange }: { item: ImportItem; onChange(choice: ImportChoice): void }): ReactNode {
  const { choice, found } = item;
  const detected = found?.looks[0];
  const [known, setKnown] = useState<DesktopReply<"formats">>({ formats: [], encodings: [] });
  const [saved, setSaved] = useState<readonly SavedMapping[]>([]);
  const [refused, setRefused] = useState<RefusalData>();
  useEffect(() => {
    Promise.all([desktop("formats", {}), desktop("savedMappings", {})]).then(
      ([found, kept]) => {
        setKnown(found);
        setSaved(kept.mappings);
      },
      (error: unknown) => setRefused(refusalOf(error)),
    );
  }, []);

  const draft = choice.mapping?.document;
  const format = draft === undefined ? choice.format : String(draft.format ?? "");
  const isSaved = saved.some(({ name, document }) => name === choice.mapping?.name && document === draft);
  const setFormat = (value: string) => {
    const { format: _, mapping: __, ...rest } = choice;
    const kept = saved.find(({ name }) => value === SAVED + name);
    if (kept) onChange({ ...rest, mapping: kept });
    else if (value === "") onChange(rest);
    else if (draft && !isSaved) onChange({ ...rest, mapping: { document: { ...draft, format: value } } });
    else onChange({ ...rest, format: value });
  };
  const setZone = (timezone: string) => {
    const { timezone: _, ...rest } = choice;
    onChange(timezone === "" ? rest : { ...rest, timezone });
  };
  const setOption = (option: Parameters<typeof withOption>[1]) => (text: string) => {
    const { format: _, mapping: __, ...rest } = choice;
    const base = draft ?? newDraft(format ?? detected?.format ?? "csv");
    onChange({ ...rest, mapping: { document: withOption(base, option, text) } });
  };

  return (
    <section className="import-choices" aria-label="How it is read">
      <FormGroup label="Format" labelFor="import-format">
        <HTMLSelect
          id="import-format"
          value={isSaved ? SAVED + choice.mapping?.name : (format ?? "")}
          onChange={(event) => setFormat(event.currentTarget.value)}
        >
          <option value="">as detected</option>
          {saved.length > 0 && (
            <optgroup label="Saved mappings">
              {saved.map(({ name }) => (
                <option key={name} value={SAVED + name}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label="Formats">
            {known.formats.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </optgroup>
        </HTMLSelect>
      </FormGroup>
      <FormGroup label="Zone of times without one" labelFor="import-zone">
        <HTMLSelect
          id="import-zone"
          value={choice.timezone ?? ""}
          onChange={(event) => setZone(event.currentTarget.value)}
        >
          <option value="">as the mapping says, else UTC</option>
          {ZONES.map((zone) => (
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
      {(READERS[format ?? detected?.format ?? ""] ?? []).map(({ option, label, hint }) => (
        <Committed
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
            const { byReference: _, ...rest } = choice;
            onChange(event.currentTarget.checked ? { ...rest, byReference: true } : rest);
          }}
        />
      )}
      <MappingFile item={item} saved={saved} onSaved={setSaved} onChange={onChange} onRefused={setRefused} />
      {refused && <ErrorPanel error={refused} />}
    </section>
  );
}
