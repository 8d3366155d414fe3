import { Button, DialogBody, DialogFooter, FormGroup, InputGroup } from "@blueprintjs/core";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import type { SourceState } from "../../../shared/model/source.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { AcquisitionFiles } from "./acquisition-files.tsx";
import { type Came, cameOf, digestWords, useAcquisition } from "./use-acquisition.ts";

interface AcquisitionDialogProps {
  /** Of which it can be said, and those of which it is said unless one is left out. */
  readonly sources: readonly SourceState[];
  onClose(): void;
}

/** From whom, when, by which medium and method the files came. */
export function AcquisitionDialog({ sources, onClose }: AcquisitionDialogProps): ReactNode {
  const [came, setCame] = useState(() => cameOf(sources));
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [digests, setDigests] = useState<ReadonlyMap<number, string>>(
    () => new Map(sources.length === 1 ? sources.map((each) => [each.source, each.acquisition?.digest ?? ""]) : []),
  );
  const { isBusy, error, save } = useAcquisition(onClose);
  const chosen = sources.filter(({ source }) => !left.has(source));
  const isWhole = [came.from, came.on, came.medium, came.method].every((text) => text.trim() !== "");
  const isReadable = chosen.every(
    ({ source, sha256 }) => !digestWords(digests.get(source) ?? "", sha256)?.says.startsWith("no SHA-256"),
  );
  const can = isWhole && isReadable && chosen.length > 0 && !isBusy;
  const submit = () => {
    if (can) void save(came, digests, chosen);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
  };
  return (
    <Dialog isOpen title="How did these files come?" onClose={onClose} className="acquisition">
      <div onKeyDown={onKeyDown} role="presentation">
        <DialogBody>
          {FIELDS.map((field) => (
            <Field key={field.name} {...field} came={came} onChange={setCame} isFirst={field.name === "from"} />
          ))}
          <AcquisitionFiles
            sources={sources}
            left={left}
            digests={digests}
            onLeave={(source) =>
              setLeft(
                (before) =>
                  new Set(before.has(source) ? [...before].filter((each) => each !== source) : [...before, source]),
              )
            }
            onDigest={(source, text) => setDigests((before) => new Map(before).set(source, text))}
          />
          <p className="muted">Goes into the case's record with your name and the time. Said again, the newer holds.</p>
          {error && <ErrorPanel error={error} />}
        </DialogBody>
      </div>
      <DialogFooter
        actions={
          <>
            <Button text="Later" onClick={onClose} />
            <Button
              intent="primary"
              text={sources.length === 1 ? "Save" : `Save ${chosen.length}`}
              disabled={!can}
              loading={isBusy}
              onClick={submit}
            />
          </>
        }
      />
    </Dialog>
  );
}

interface FieldNames {
  readonly name: keyof Came;
  readonly label: string;
  readonly example: string;
  /** What it often is. */
  readonly offered?: readonly string[];
}

const FIELDS: readonly FieldNames[] = [
  { name: "from", label: "From", example: "A. Marsh, Orbit platform" },
  { name: "on", label: "On", example: "2019-11-06, or 2019-11-06T10:15Z" },
  {
    name: "medium",
    label: "Medium",
    example: "encrypted disk",
    offered: ["encrypted disk", "download", "mail", "optical disc", "cloud storage"],
  },
  {
    name: "method",
    label: "Method",
    example: "vendor export",
    offered: ["vendor export", "query of a log service", "copy of a server's files", "forensic image"],
  },
  { name: "seal", label: "Seal", example: "number, if it came sealed" },
  { name: "note", label: "Note", example: "what else is to be said" },
];

function Field({
  name,
  label,
  example,
  offered,
  came,
  onChange,
  isFirst,
}: FieldNames & { readonly came: Came; onChange(came: Came): void; readonly isFirst: boolean }): ReactNode {
  const id = `came-${name}`;
  return (
    <FormGroup inline label={label} labelFor={id}>
      <InputGroup
        id={id}
        autoFocus={isFirst}
        fill
        value={came[name]}
        placeholder={example}
        {...(offered && { list: `${id}-offered` })}
        onValueChange={(value) => onChange({ ...came, [name]: value })}
      />
      {offered && (
        <datalist id={`${id}-offered`}>
          {offered.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </FormGroup>
  );
}
