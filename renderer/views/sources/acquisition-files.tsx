import { Checkbox, InputGroup } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { namedFile, type SourceState } from "../../../shared/model/source.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import { digestWords } from "./use-acquisition.ts";

interface AcquisitionFilesProps {
  readonly sources: readonly SourceState[];
  /** Sources of which nothing is said this time. */
  readonly left: ReadonlySet<number>;
  readonly digests: ReadonlyMap<number, string>;
  onLeave(source: number): void;
  onDigest(source: number, text: string): void;
}

/** The files, each with the digest that its producer states; one of several may be left out. */
export function AcquisitionFiles({ sources, left, digests, onLeave, onDigest }: AcquisitionFilesProps): ReactNode {
  return (
    <fieldset className="acquisition-files">
      <legend>
        {sources.length === 1 ? "The file" : `${sources.length - left.size} of ${sources.length} selected`}
      </legend>
      {sources.map((source) => {
        const stated = digests.get(source.source) ?? "";
        const words = digestWords(stated, source.sha256);
        const name = namedFile(source);
        return (
          <div key={source.source} className="acquisition-file">
            {sources.length === 1 ? (
              <Inert text={name} />
            ) : (
              <Checkbox
                checked={!left.has(source.source)}
                onChange={() => onLeave(source.source)}
                labelElement={<Inert text={name} />}
              />
            )}
            <InputGroup
              className="mono"
              value={stated}
              disabled={left.has(source.source)}
              aria-label={`Stated digest of ${inertText(name)}`}
              placeholder="stated SHA-256"
              onValueChange={(text) => onDigest(source.source, text)}
            />
            <span role="status" className={words && !words.isRight ? "warning" : "muted"}>
              {words?.says}
            </span>
          </div>
        );
      })}
    </fieldset>
  );
}
