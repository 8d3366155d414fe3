import { FormGroup, HTMLSelect } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { REGISTRY_KINDS, type RegistryOpen } from "../../../shared/model/registry.ts";
import { type RegistryDraft, withOption } from "../../session/registry-draft.ts";
import { TIME_ZONES } from "../../text/time-zones.ts";

interface RegistryOptionsProps {
  readonly draft: RegistryDraft;
  readonly open: readonly RegistryOpen[];
  onChange(draft: RegistryDraft): void;
}

/** What all the files are, and how their times are read, where they do not say it themselves. */
export function RegistryOptions({ draft, open, onChange }: RegistryOptionsProps): ReactNode {
  const set = (option: "kind" | "timezone" | "dates") => (event: { currentTarget: { value: string } }) =>
    onChange(withOption(draft, option, event.currentTarget.value));
  return (
    <section className="registry-options" aria-label="How they are read">
      <FormGroup label="What they are" labelFor="registry-kind">
        <HTMLSelect id="registry-kind" fill value={draft.kind ?? ""} onChange={set("kind")}>
          <option value="">as their columns say</option>
          {REGISTRY_KINDS.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </HTMLSelect>
      </FormGroup>
      <FormGroup label="Dates such as 04/05/2018" labelFor="registry-dates">
        <HTMLSelect
          id="registry-dates"
          fill
          value={draft.dates ?? ""}
          aria-invalid={open.some(({ by }) => by === "dates")}
          onChange={set("dates")}
        >
          <option value="">as all of a file say</option>
          <option value="dmy">day first</option>
          <option value="mdy">month first</option>
        </HTMLSelect>
      </FormGroup>
      <FormGroup label="Zone of times without one" labelFor="registry-zone">
        <HTMLSelect id="registry-zone" fill value={draft.timezone ?? ""} onChange={set("timezone")}>
          <option value="">UTC</option>
          {TIME_ZONES.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </HTMLSelect>
      </FormGroup>
    </section>
  );
}
