import { type ReactNode, useEffect, useId, useState } from "react";
import type { DetectedFile } from "../../../shared/contract/desktop.ts";
import { MAPPED_FIELDS, type MappedField } from "../../../shared/model/event.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import type { ImportChoice, ImportItem } from "../../session/import-queue.ts";
import { newDraft, type PlaceDraft, placeOf, withPlace } from "../../session/mapping-draft.ts";

const LIST_FIELDS: readonly MappedField[] = ["fields", "subjects"];

interface FieldEditorProps {
  readonly item: ImportItem;
  readonly detected: DetectedFile;
  /** Absent: the file is no longer to be changed. */
  readonly onChange: ((choice: ImportChoice) => void) | undefined;
}

/** Where each field of a call comes from. Picking another place makes a mapping; an emptied one is as it is found again. */
export function FieldEditor({ item, detected, onChange }: FieldEditorProps): ReactNode {
  const names = useId();
  const { choice } = item;
  const draft = choice.mapping?.document;
  const set = (field: MappedField, place: PlaceDraft) => {
    const { format: _, mapping: __, ...rest } = choice;
    const document = withPlace(draft ?? newDraft(choice.format ?? detected.format), field, place);
    onChange?.({ ...rest, mapping: { document } });
  };
  return (
    <section aria-label="Where each field comes from">
      <h2>Fields</h2>
      <datalist id={names}>
        {detected.names.map(({ name, sample }) => (
          <option key={name} value={name} label={inertText(sample === "" ? name : `${name}  ${sample}`)} />
        ))}
      </datalist>
      <div className="table-scroll">
        <table className="table field-table">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">From</th>
              <th scope="col">First value</th>
              <th scope="col">Read as</th>
            </tr>
          </thead>
          <tbody>
            {MAPPED_FIELDS.map((field) => (
              <FieldRow
                key={field}
                field={field}
                found={detected.fields[field]}
                place={placeOf(draft, field)}
                value={firstValue(detected, field)}
                names={names}
                onSet={onChange ? (place) => set(field, place) : undefined}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface FieldRowProps {
  readonly field: MappedField;
  /** Where it is found without being told. */
  readonly found: string | undefined;
  readonly place: PlaceDraft | undefined;
  readonly value: string;
  readonly names: string;
  readonly onSet: ((place: PlaceDraft) => void) | undefined;
}

function FieldRow({ field, found, place, value, names, onSet }: FieldRowProps): ReactNode {
  const parts: readonly { part: keyof PlaceDraft; label: string; hint: string }[] = [
    { part: "match", label: "match", hint: "regular expression, group 1" },
    ...(LIST_FIELDS.includes(field) ? [{ part: "split" as const, label: "split at", hint: ", or ;" }] : []),
    ...(field === "time" ? [{ part: "parse" as const, label: "parse", hint: "dmy, mdy, dd/MMM/yyyy:HH:mm:ss Z" }] : []),
    { part: "value", label: "always", hint: "the same for every call" },
  ];
  const hasParts = parts.some(({ part }) => place?.[part] !== undefined);
  const [isOpen, setIsOpen] = useState(false);
  const set = (part: keyof PlaceDraft) => (text: string) => {
    const next = { ...(place ?? {}), [part]: text };
    // a part of a place that was only found needs that place said
    if (part !== "from" && part !== "value" && !next.from && found !== undefined) next.from = found;
    const { from: _, ...constant } = next;
    onSet?.(part === "value" && text !== "" ? { value: text } : part === "value" ? constant : next);
  };
  return (
    <tr>
      <th scope="row" className="mono">
        {field}
      </th>
      <td>
        <Part
          label={`${field} from`}
          hint={found ?? "not there"}
          value={place?.from ?? ""}
          list={names}
          isDisabled={onSet === undefined || place?.value !== undefined}
          onCommit={set("from")}
        />
      </td>
      <td className="mono cut field-value">
        <Inert text={value} most={120} />
      </td>
      <td>
        {isOpen || hasParts ? (
          <div className="field-parts">
            {parts.map(({ part, label, hint }) => (
              <label key={part}>
                <span className="muted">{label}</span>
                <Part
                  label={`${field} ${label}`}
                  hint={hint}
                  value={place?.[part] ?? ""}
                  isDisabled={onSet === undefined}
                  onCommit={set(part)}
                />
              </label>
            ))}
          </div>
        ) : (
          onSet && (
            <button
              type="button"
              className="link"
              aria-label={`More ways to read ${field}`}
              onClick={() => setIsOpen(true)}
            >
              More
            </button>
          )
        )}
      </td>
    </tr>
  );
}

interface PartProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly list?: string;
  readonly isDisabled: boolean;
  onCommit(value: string): void;
}

/** A cell that counts when one of the names is picked, with Enter, or when the focus leaves it. */
function Part({ label, hint, value, list, isDisabled, onCommit }: PartProps): ReactNode {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const commit = (next: string) => next !== value && onCommit(next);
  return (
    <input
      type="text"
      className="bp6-input bp6-small mono"
      aria-label={label}
      placeholder={inertText(hint)}
      spellCheck={false}
      disabled={isDisabled}
      value={text}
      {...(list === undefined ? {} : { list })}
      onChange={(event) => {
        setText(event.currentTarget.value);
        // typing has an inputType; a name picked from the list has none
        const { inputType } = event.nativeEvent as InputEvent;
        if (inputType === undefined || inputType === "insertReplacementText") commit(event.currentTarget.value);
      }}
      onBlur={() => commit(text)}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit(text);
        if (event.key !== "Escape" || text === value) return;
        event.stopPropagation();
        setText(value);
      }}
    />
  );
}

function firstValue({ records }: DetectedFile, field: MappedField): string {
  for (const { event } of records) {
    const value = (event as Record<string, unknown> | undefined)?.[field];
    if (value !== undefined) return Array.isArray(value) ? value.join(", ") : String(value);
  }
  return "";
}
