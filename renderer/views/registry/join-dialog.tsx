import { FormGroup, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useId, useMemo, useState } from "react";
import { Refusal } from "../../../shared/base/errors.ts";
import type { DeveloperActivity } from "../../../shared/model/activity.ts";
import { ChangesShort } from "../../parts/changes/changes-short.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";

/** Developers offered under a field. */
const MAX_OFFERED = 50;

interface Props {
  /** Ids that are filled in already: who counts for the other first. */
  readonly ids: readonly string[];
  onClose(): void;
}

/** Two developers that are one: which name stays, and why. What it would change is shown before it is done. */
export function JoinDialog({ ids, onClose }: Props): ReactNode {
  const session = useSession();
  const activity = useAsk("activity", {});
  const developers = activity.reply?.developers ?? [];
  const [from, setFrom] = useState(ids[0] ?? "");
  const [into, setInto] = useState(ids[1] ?? "");
  const [one, other] = [named(developers, from), named(developers, into)];
  const joining =
    one && other && one !== other ? { developer_id: one.developer_id, into: other.developer_id } : undefined;
  const preview = useAsk("joinPreview", joining);
  const swap = () => {
    setFrom(into);
    setInto(from);
  };
  return (
    <ReasonDialog
      title="Join two developers"
      about={joining ? `${joining.developer_id} ${joining.into}` : ""}
      verb="Join as one"
      onReason={async (reason) => {
        if (!joining || !one || !other)
          throw new Refusal("developer-unknown", "Two developers are joined", "choose each of them from the list");
        await session.act("joinDevelopers", { ...joining, reason });
        session.say(`${one.developer} counts for ${other.developer}. Separate them under Registry, Joined.`);
      }}
      onClose={onClose}
    >
      <p className="muted">
        What the first made and held counts for the second. No row changes, and they can be separated again.
      </p>
      <Field label="Developer" text={from} developers={developers} found={one} onText={setFrom} />
      <Field label="counts for (this name stays)" text={into} developers={developers} found={other} onText={setInto} />
      <p>
        <button type="button" className="link" onClick={swap}>
          The other way round
        </button>
      </p>
      {joining && <Updating asked={preview}>{(changes) => <ChangesShort changes={changes} />}</Updating>}
    </ReasonDialog>
  );
}

interface FieldProps {
  readonly label: string;
  readonly text: string;
  readonly developers: readonly DeveloperActivity[];
  readonly found: DeveloperActivity | undefined;
  onText(text: string): void;
}

/** By id, or by a name that one alone bears. */
function Field({ label, text, developers, found, onText }: FieldProps): ReactNode {
  const id = useId();
  const offered = useMemo(() => {
    const small = text.trim().toLowerCase();
    const holds = ({ developer, developer_id }: DeveloperActivity) =>
      developer.toLowerCase().includes(small) || developer_id.toLowerCase().includes(small);
    return developers.filter(holds).slice(0, MAX_OFFERED);
  }, [developers, text]);
  const said = found ? saidOf(found) : text.trim() === "" ? "An id or a name" : "No developer of that id or name alone";
  return (
    <FormGroup label={label} labelFor={id} helperText={said}>
      <InputGroup
        id={id}
        value={text}
        list={`${id}-list`}
        autoComplete="off"
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <datalist id={`${id}-list`}>
        {offered.map(({ developer_id, developer }) => (
          <option key={developer_id} value={developer_id} label={developer} />
        ))}
      </datalist>
    </FormGroup>
  );
}

const saidOf = ({ developer_id, developer, events }: DeveloperActivity): string =>
  `${developer === developer_id ? "" : `${developer}, `}${developer_id}: ${events.toLocaleString("en-US")} calls`;

function named(developers: readonly DeveloperActivity[], text: string): DeveloperActivity | undefined {
  const plain = text.trim();
  const byId = developers.find(({ developer_id }) => developer_id === plain);
  if (byId || plain === "") return byId;
  const bearers = developers.filter(({ developer }) => developer.toLowerCase() === plain.toLowerCase());
  return bearers.length === 1 ? bearers[0] : undefined;
}
