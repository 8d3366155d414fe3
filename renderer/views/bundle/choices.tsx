import { Button, Checkbox, FormGroup, HTMLSelect, InputGroup } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { pathOf } from "../../../shared/contract/chosen.ts";
import { DISPOSITIONS, type Disposition } from "../../../shared/model/finding.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import { usePlace } from "../../session/session.tsx";
import { fileName } from "../../text/format.ts";
import type { BundleChoices } from "./use-bundle.ts";

interface ChoicesProps {
  readonly choices: BundleChoices;
  /** Those of the findings, by id. */
  readonly developers: ReadonlyMap<string, string>;
  /** How many findings are in each state; absent: not known yet. */
  readonly counts: Readonly<Record<Disposition, number>> | undefined;
  onChooseKey(): void;
}

const SAID = [
  { name: "for", label: "For" },
  { name: "matter", label: "Matter" },
  { name: "reason", label: "Reason" },
] as const;

/** In their own order, whichever was chosen last. */
const toggled = (states: readonly Disposition[], state: Disposition): Disposition[] =>
  DISPOSITIONS.filter((each) => (each === state ? !states.includes(each) : states.includes(each)));

/** What goes into the bundle beside what always does, and what signs it. */
export function Choices({ choices, developers, counts, onChooseKey }: ChoicesProps): ReactNode {
  const { written, states, developer, originals, compact, said, key, passphrase } = choices;
  const { text } = usePlace();
  return (
    <>
      <p>
        Always: findings, claims, coverage, sources, registry, policy and custody; the calls that findings, claims, tags
        and notes rest on, and the denied ones, with their original lines.
      </p>
      <fieldset className="bundle-states" disabled={developer !== undefined}>
        <legend>Calls of findings that are</legend>
        {DISPOSITIONS.map((state) => (
          <Checkbox
            key={state}
            inline
            checked={developer !== undefined || states.includes(state)}
            onChange={() => choices.setStates(toggled(states, state))}
            label={counts === undefined ? state : `${state} ${figure(counts[state])}`}
          />
        ))}
      </fieldset>
      <Checkbox
        checked={written !== undefined}
        onChange={() => choices.setFilter(written === undefined ? text : undefined)}
        label="Also the calls of a filter"
      />
      {written !== undefined && (
        <InputGroup
          className="bundle-filter mono"
          aria-label="Filter of the calls that go along"
          autoFocus
          spellCheck={false}
          placeholder="api:groups time>=cutoff, tag:Reviewed"
          value={written}
          onValueChange={choices.setFilter}
        />
      )}
      <FormGroup
        label="About"
        labelFor="bundle-developer"
        helperText={
          developer === undefined
            ? undefined
            : "A dossier to send to this developer: no other developer\u2019s name, app, person or line is in it."
        }
      >
        <HTMLSelect
          id="bundle-developer"
          value={developer ?? ""}
          onChange={({ currentTarget }) => choices.setDeveloper(currentTarget.value || undefined)}
        >
          <option value="">The whole case</option>
          {[...developers].map(([id, name]) => (
            <option key={id} value={id}>
              {inertText(name)}
              {name === id ? "" : ` (${inertText(id)})`}
            </option>
          ))}
        </HTMLSelect>
      </FormGroup>
      <Checkbox
        checked={originals}
        disabled={developer !== undefined}
        onChange={() => choices.setOriginals(!originals)}
        label="The original exports, whole"
      />
      <Checkbox
        checked={compact}
        onChange={() => choices.setCompact(!compact)}
        label="Compact: about a fifth of the size, slower to make and to check"
      />
      <div className="bundle-said">
        {SAID.map(({ name, label }) => (
          <FormGroup key={name} label={label} labelFor={`bundle-${name}`}>
            <InputGroup
              id={`bundle-${name}`}
              value={said[name]}
              onValueChange={(text) => choices.say({ [name]: text })}
              maxLength={2000}
            />
          </FormGroup>
        ))}
      </div>
      <FormGroup label="Signing key" helperText="OpenSSH Ed25519. Without one the bundle says that it is not signed.">
        <div className="row-of-buttons">
          {key !== undefined && (
            <>
              <span className="mono" title={pathOf(key.file)}>
                <Inert text={fileName(key.file)} />
              </span>
              <button type="button" className="link" onClick={() => choices.setKey(undefined)}>
                Without it
              </button>
            </>
          )}
          <Button text={key === undefined ? "Choose a key" : "Another"} onClick={onChooseKey} />
        </div>
        {key !== undefined && <p className="mono bundle-fingerprint">{key.fingerprint}</p>}
      </FormGroup>
      {key?.isEncrypted && (
        <FormGroup
          label="Passphrase of the key"
          labelFor="bundle-passphrase"
          helperText="It is used once and kept nowhere."
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
