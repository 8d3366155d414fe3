import { Button, FormGroup, HTMLSelect } from "@blueprintjs/core";
import { type ReactNode, useEffect, useState } from "react";
import type { DetectedFile } from "../../../shared/desktop.ts";
import type { RefusalData } from "../../../shared/errors.ts";
import { desktop } from "../../app/client.ts";
import { changeChoice, type ImportChoice, type ImportItem } from "../../app/queue.ts";
import { refusalOf } from "../../app/refusal.ts";
import { useSession } from "../../app/session.tsx";
import { withImports } from "../../app/state.ts";
import { ErrorPanel } from "../../parts/errorpanel.tsx";
import { clock, fileName, percent } from "../../parts/format.ts";
import { Inert } from "../../parts/inert.tsx";

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
const PLACE_FIELDS = new Set(["line", "offset", "length", "time"]);

/** One file: what it is taken for and why, what to read it as instead, and its first calls beside the lines they come from. */
export function Preview({ item }: { item: ImportItem }): ReactNode {
  const { detected } = item;
  return (
    <div className="import-preview" data-region>
      {item.status === "chosen" && <Choices item={item} />}
      {detected && <Found detected={detected} />}
    </div>
  );
}

function Choices({ item }: { item: ImportItem }): ReactNode {
  const session = useSession();
  const { choice } = item;
  const [formats, setFormats] = useState<readonly { name: string; title: string }[]>([]);
  const [refused, setRefused] = useState<RefusalData>();
  useEffect(() => {
    desktop("formats", {}).then(
      (reply) => setFormats(reply.formats),
      (error: unknown) => setRefused(refusalOf(error)),
    );
  }, []);
  const change = (next: ImportChoice) =>
    session.store.update((state) => withImports(state, (queue) => changeChoice(queue, item.path, next)));
  const chooseMapping = async () => {
    setRefused(undefined);
    try {
      const [file] = (await desktop("chooseFiles", { kind: "mapping", many: false })).files;
      if (file === undefined) return;
      const { mapping } = await desktop("readMapping", { file });
      const { format: _, ...rest } = choice;
      change({ ...rest, mapping: { file, document: mapping } });
    } catch (error) {
      setRefused(refusalOf(error));
    }
  };
  const setFormat = (format: string) => {
    const { format: _, mapping: __, ...rest } = choice;
    change(format === "" ? rest : { ...rest, format });
  };
  const setZone = (timezone: string) => {
    const { timezone: _, ...rest } = choice;
    change(timezone === "" ? rest : { ...rest, timezone });
  };
  const withoutMapping = () => {
    const { mapping: _, ...rest } = choice;
    change(rest);
  };

  return (
    <div className="import-choices">
      <FormGroup label="Format" labelFor="import-format">
        <HTMLSelect
          id="import-format"
          value={choice.format ?? ""}
          disabled={choice.mapping !== undefined}
          onChange={(event) => setFormat(event.currentTarget.value)}
        >
          <option value="">as detected</option>
          {formats.map((format) => (
            <option key={format.name} value={format.name}>
              {format.title}
            </option>
          ))}
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
      <FormGroup label="Mapping">
        <div className="row-of-buttons">
          {choice.mapping && (
            <>
              <span className="mono">
                <Inert text={fileName(choice.mapping.file)} />
              </span>
              <button type="button" className="link" onClick={withoutMapping}>
                Without it
              </button>
            </>
          )}
          <Button text={choice.mapping ? "Another" : "Choose a mapping"} onClick={chooseMapping} />
        </div>
      </FormGroup>
      {refused && <ErrorPanel error={refused} />}
    </div>
  );
}

function Found({ detected }: { detected: DetectedFile }): ReactNode {
  const { fields, preview } = detected;
  return (
    <>
      <section aria-label="Detected">
        <h2>Detected</h2>
        <dl className="facts">
          <dt>Format</dt>
          <dd>
            <Inert text={detected.format} />, {percent(detected.confidence, 1)} sure
          </dd>
          <dt>Why</dt>
          <dd>
            <Inert text={detected.why} />
          </dd>
          <dt>Encoding</dt>
          <dd>{detected.encoding}</dd>
          <dt>Times</dt>
          <dd>
            <Inert text={detected.timezone} />
          </dd>
        </dl>
      </section>
      <section aria-label="Where each field comes from">
        <h2>Fields</h2>
        <dl className="origins">
          {Object.entries(fields).map(([field, from]) => (
            <div key={field}>
              <dt className="mono">{field}</dt>
              <dd className="mono muted">
                <Inert text={from} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-label="Preview" className="import-lines">
        <h2>Preview</h2>
        <div className="table-scroll">
          <table className="table preview-table">
            <thead>
              <tr>
                <th scope="col" className="figure">
                  Line
                </th>
                <th scope="col">In the original</th>
                <th scope="col">The call, times in UTC</th>
              </tr>
            </thead>
            <tbody>
              {preview.map(({ event, original }) => (
                <tr key={`${event.line} ${event.offset}`}>
                  <td className="figure">{event.line.toLocaleString("en-US")}</td>
                  <td className="mono preview-line">
                    <Inert text={original} most={600} />
                  </td>
                  <td>
                    <dl className="preview-call">
                      <div>
                        <dt>time</dt>
                        <dd className="mono">{clock(event.time)}</dd>
                      </div>
                      {Object.entries(event)
                        .filter(([field]) => !PLACE_FIELDS.has(field))
                        .map(([field, value]) => (
                          <div key={field}>
                            <dt>{field}</dt>
                            <dd className="mono">
                              <Inert text={Array.isArray(value) ? value.join(", ") : String(value)} most={200} />
                            </dd>
                          </div>
                        ))}
                    </dl>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  );
}
