import { Button, DialogBody, DialogFooter, FormGroup, HTMLSelect } from "@blueprintjs/core";
import { type ReactNode, useEffect, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { DesktopReply, SavedMapping } from "../../../shared/contract/desktop.ts";
import type { SourceState } from "../../../shared/model/source.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { ask, desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useSession } from "../../session/session.tsx";
import { counted, fileName } from "../../text/format.ts";

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** Reads a source again from its original: with another zone, encoding, format or mapping. Until it is done the old calls stand. */
export function ReadAgain({ source, onClose }: { source: SourceState; onClose(): void }): ReactNode {
  const session = useSession();
  const [zone, setZone] = useState("");
  const [encoding, setEncoding] = useState("");
  const [format, setFormat] = useState("");
  const [mapping, setMapping] = useState<{ name: string; document: unknown }>();
  const [known, setKnown] = useState<DesktopReply<"formats">>({ formats: [], encodings: [] });
  const [saved, setSaved] = useState<readonly SavedMapping[]>([]);
  const [error, setError] = useState<RefusalData>();
  const [stop, setStop] = useState<() => void>();
  useEffect(() => {
    Promise.all([desktop("formats", {}), desktop("savedMappings", {})]).then(
      ([found, kept]) => {
        setKnown(found);
        setSaved(kept.mappings);
      },
      (fault: unknown) => setError(refusalOf(fault)),
    );
  }, []);

  const choose = async () => {
    try {
      const [file] = (await desktop("chooseFiles", { kind: "mapping", many: false })).files;
      if (file === undefined) return;
      setMapping({ name: fileName(file), document: (await desktop("readMapping", { file })).mapping });
      setFormat("");
    } catch (fault) {
      setError(refusalOf(fault));
    }
  };
  const read = async () => {
    setError(undefined);
    try {
      const {
        source: now,
        before,
        annotations,
      } = await session.work(`Read ${fileName(source.file)} again`, "Cancel", ({ signal, progress }) => {
        const controller = new AbortController();
        signal.addEventListener("abort", () => controller.abort());
        setStop(() => () => controller.abort());
        return ask(
          "remap",
          {
            source: source.source,
            ...(mapping === undefined ? {} : { mapping: mapping.document }),
            ...(format === "" ? {} : { format }),
            ...(zone === "" ? {} : { timezone: zone }),
            ...(encoding === "" ? {} : { encoding }),
          },
          { signal: controller.signal, progress },
        );
      });
      await session.refresh();
      const lost = annotations.lost === 0 ? "" : ` ${counted(annotations.lost, "tagged call")} is none any more.`;
      session.say(
        `Read ${inertText(source.file)} again: ${counted(before.events, "call")} before, ${counted(now.events, "call")} now.${lost}`,
      );
      onClose();
    } catch (fault) {
      setStop(undefined);
      setError(refusalOf(fault));
    }
  };
  const isBusy = stop !== undefined;
  const isSame = zone === "" && encoding === "" && format === "" && mapping === undefined;

  return (
    <Dialog isOpen title="Read the source again" onClose={isBusy ? () => undefined : onClose}>
      <DialogBody>
        <p>
          <strong>
            <Inert text={source.file} />
          </strong>
        </p>
        <p>
          Replaces its {counted(source.events, "call")} and {counted(source.rejected, "rejected record")} by what the
          original gives as chosen here. Tags and notes stay where the same record is still a call.
        </p>
        <FormGroup label="Zone of times without one" labelFor="again-zone">
          <HTMLSelect id="again-zone" fill value={zone} onChange={(event) => setZone(event.currentTarget.value)}>
            <option value="">as before: {source.timezone}</option>
            {ZONES.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </HTMLSelect>
        </FormGroup>
        <FormGroup label="Encoding" labelFor="again-encoding">
          <HTMLSelect
            id="again-encoding"
            fill
            value={encoding}
            onChange={(event) => setEncoding(event.currentTarget.value)}
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
              setMapping(kept);
              setFormat(kept ? "" : value);
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
        <Button text="Choose a mapping" onClick={choose} disabled={isBusy} />
        {error && <ErrorPanel error={error} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Cancel" onClick={stop ?? onClose} />
            <Button intent="primary" text="Read again" disabled={isSame} loading={isBusy} onClick={() => void read()} />
          </>
        }
      />
    </Dialog>
  );
}
