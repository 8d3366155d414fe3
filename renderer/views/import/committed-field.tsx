import { FormGroup, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useEffect, useState } from "react";

interface CommittedFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly isWide?: boolean;
  onCommit(value: string): void;
}

/** A text that counts once it is finished: with Enter, or when the focus leaves it. Esc takes it back. */
export function CommittedField({ id, label, hint, value, isWide = false, onCommit }: CommittedFieldProps): ReactNode {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const commit = () => text !== value && onCommit(text);
  return (
    <FormGroup label={label} labelFor={id} className={isWide ? "import-wide" : ""}>
      <InputGroup
        id={id}
        className="mono"
        placeholder={hint}
        spellCheck={false}
        value={text}
        onValueChange={setText}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key !== "Escape" || text === value) return;
          event.stopPropagation();
          setText(value);
        }}
      />
    </FormGroup>
  );
}
