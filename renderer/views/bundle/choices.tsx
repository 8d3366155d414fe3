import { Button, Checkbox, FormGroup, InputGroup } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { pathOf } from "../../../shared/contract/chosen.ts";
import { Inert } from "../../parts/inert.tsx";
import { usePlace } from "../../session/session.tsx";
import { fileName } from "../../text/format.ts";
import type { BundleChoices } from "./use-bundle.ts";

interface ChoicesProps {
  readonly choices: BundleChoices;
  onChooseKey(): void;
}

/** What goes into the bundle beside what always does, and what signs it. */
export function Choices({ choices, onChooseKey }: ChoicesProps): ReactNode {
  const { filter, originals, key, passphrase } = choices;
  const { text } = usePlace();
  return (
    <>
      <p>
        Always: findings, claims, coverage, sources, registry, policy and custody; the calls that findings, claims, tags
        and notes rest on, and the denied ones, with their original lines.
      </p>
      <Checkbox
        checked={filter !== undefined}
        disabled={text === ""}
        onChange={() => choices.setWithFilter(filter === undefined)}
        labelElement={
          text === "" ? (
            <span>Also the calls of the filter (the filter is empty)</span>
          ) : (
            <span>
              Also the calls of the filter <code className="bundle-filter">{<Inert text={text} most={300} />}</code>
            </span>
          )
        }
      />
      <Checkbox
        checked={originals}
        onChange={() => choices.setOriginals(!originals)}
        label="The original exports, whole"
      />
      <FormGroup
        label="Signing key"
        labelFor="bundle-key"
        helperText="An OpenSSH Ed25519 private key. Without one the bundle says that it is not signed."
      >
        <div className="row-of-buttons">
          {key !== undefined && (
            <>
              <span className="mono" title={pathOf(key)}>
                <Inert text={fileName(key)} />
              </span>
              <button type="button" className="link" onClick={() => choices.setKey(undefined)}>
                Without it
              </button>
            </>
          )}
          <Button id="bundle-key" text={key === undefined ? "Choose a key" : "Another"} onClick={onChooseKey} />
        </div>
      </FormGroup>
      {key !== undefined && (
        <FormGroup
          label="Passphrase of the key"
          labelFor="bundle-passphrase"
          helperText="Empty if it has none. It is used once and kept nowhere."
        >
          <InputGroup
            id="bundle-passphrase"
            type="password"
            autoComplete="off"
            value={passphrase}
            onValueChange={choices.setPassphrase}
          />
        </FormGroup>
      )}
    </>
  );
}
