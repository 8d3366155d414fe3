import { Button, FormGroup, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useEffect, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { SavedMapping } from "../../../shared/contract/desktop.ts";
import { Inert } from "../../parts/inert.tsx";
import { desktop } from "../../session/client.ts";
import type { ImportChoice, ImportItem } from "../../session/import-queue.ts";
import type { MappingDraft } from "../../session/mapping-draft.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useSession } from "../../session/session.tsx";
import { fileName } from "../../text/format.ts";

interface MappingFileProps {
  readonly item: ImportItem;
  readonly saved: readonly SavedMapping[];
  onSaved(mappings: readonly SavedMapping[]): void;
  onChange(choice: ImportChoice): void;
  onRefused(refused: RefusalData | undefined): void;
}

/** The mapping as a whole: from a file, kept for the next export of its kind, or given away as a file. */
export function MappingFile({ item, saved, onSaved, onChange, onRefused }: MappingFileProps): ReactNode {
  const session = useSession();
  const { choice } = item;
  const { mapping } = choice;
  const [name, setName] = useState("");
  useEffect(() => setName(mapping ? String(mapping.document.name ?? mapping.name ?? "") : ""), [mapping]);

  const attempt = (work: () => Promise<void>) => async () => {
    onRefused(undefined);
    try {
      await work();
    } catch (error) {
      onRefused(refusalOf(error));
    }
  };
  const without = ({ format: _, mapping: __, ...rest }: ImportChoice): ImportChoice => rest;
  const open = attempt(async () => {
    const [file] = (await desktop("chooseFiles", { kind: "mapping", many: false })).files;
    if (file === undefined) return;
    const document = (await desktop("readMapping", { file })).mapping as MappingDraft;
    onChange({ ...without(choice), mapping: { name: fileName(file), document } });
  });
  const named = (): SavedMapping => {
    const called = name.trim() || fileName(item.path);
    return { name: called, document: { ...mapping?.document, name: called } };
  };
  const save = attempt(async () => {
    const { mappings } = await desktop("saveMapping", named());
    onSaved(mappings);
    const kept = mappings.find((each) => each.name === named().name);
    if (kept) onChange({ ...without(choice), mapping: kept });
    session.say(`Saved the mapping ${named().name}. It is tried on files that nothing else reads.`);
  });
  const give = attempt(async () => {
    const { file } = await desktop("exportMapping", named());
    if (file !== undefined) session.say(`Exported the mapping to ${file}.`);
  });
  const forget = attempt(async () => onSaved((await desktop("forgetMapping", { name: mapping?.name ?? "" })).mappings));
  const isSaved = saved.some((each) => each.name === mapping?.name);

  return (
    <FormGroup
      label="Mapping"
      {...(mapping ? { labelFor: "mapping-name" } : {})}
      className="import-wide import-mapping"
    >
      <div className="row-of-buttons">
        {mapping ? (
          <>
            <InputGroup
              id="mapping-name"
              placeholder={fileName(item.path)}
              value={name}
              onValueChange={setName}
              spellCheck={false}
            />
            <Button text="Save for next time" onClick={save} />
            <Button text="Export mapping" onClick={give} />
            {isSaved && (
              <button type="button" className="link" onClick={forget}>
                Forget <Inert text={mapping.name ?? ""} />
              </button>
            )}
            <button type="button" className="link" onClick={() => onChange(without(choice))}>
              Without it
            </button>
          </>
        ) : (
          <Button text="Choose a mapping" onClick={open} />
        )}
      </div>
    </FormGroup>
  );
}
