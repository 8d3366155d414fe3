import { Cross } from "@blueprintjs/icons";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { fold } from "../../../shared/filter/match.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import type { KnownValue } from "./use-known.ts";

interface Props {
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  /** Offered under the field, most first. */
  readonly known: readonly KnownValue[];
  readonly placeholder: string;
  readonly isOff: boolean;
  /** The element that says what is wrong with it. */
  readonly fault?: string | undefined;
}

const MAX_OFFERED = 8;

/** Several values as chips, and a field that offers what the logs hold; what is typed otherwise is taken as it stands. */
export function ListField({ label, values, onChange, known, placeholder, isOff, fault }: Props): ReactNode {
  const id = useId();
  const [text, setText] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const wanted = fold(text.trim());
  const left = known.filter(
    ({ value }) =>
      !values.some((each) => fold(each) === fold(value)) && (wanted === "" || fold(value).includes(wanted)),
  );
  const offered = left.slice(0, MAX_OFFERED);
  const isShown = isOpen && offered.length > 0;

  const add = (value: string) => {
    const next = value.trim();
    if (next !== "" && !values.includes(next)) onChange([...values, next]);
    setText("");
    setAt(-1);
  };
  const remove = (value: string) => {
    onChange(values.filter((each) => each !== value));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = offered.length - 1;
    if (event.key === "ArrowDown") {
      setIsOpen(true);
      setAt(Math.min(last, isShown ? at + 1 : 0));
    } else if (event.key === "ArrowUp") setAt(Math.max(-1, at - 1));
    else if (event.key === "Enter" && (text.trim() !== "" || at >= 0))
      add(isShown && at >= 0 ? (offered[at]?.value ?? text) : text);
    else if (event.key === "Backspace" && text === "" && values.length > 0) onChange(values.slice(0, -1));
    else if (event.key === "Escape" && (isShown || text !== "")) {
      event.stopPropagation();
      setIsOpen(false);
      setText("");
      setAt(-1);
    } else return;
    event.preventDefault();
  };

  return (
    <div className="list-field">
      <Chips label={label} values={values} isOff={isOff} onRemove={remove} />
      <div className="list-entry">
        <input
          ref={input}
          role="combobox"
          aria-label={label}
          aria-expanded={isShown}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isShown && at >= 0 ? `${id}-${at}` : undefined}
          aria-invalid={fault !== undefined}
          aria-describedby={fault}
          className="field-input"
          placeholder={placeholder}
          disabled={isOff}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setIsOpen(true);
            setAt(-1);
          }}
          onFocus={() => setIsOpen(true)}
          onClick={() => setIsOpen(true)}
          onBlur={() => {
            setIsOpen(false);
            add(text);
          }}
          onKeyDown={onKeyDown}
        />
        {isShown && (
          <Offered id={id} label={label} offered={offered} more={left.length - offered.length} at={at} onTake={add} />
        )}
      </div>
    </div>
  );
}

function Chips({
  label,
  values,
  isOff,
  onRemove,
}: Pick<Props, "label" | "values" | "isOff"> & { onRemove: (value: string) => void }): ReactNode {
  if (values.length === 0) return null;
  return (
    <ul aria-label={`${label}, chosen`}>
      {values.map((value) => (
        <li key={value} className="list-chip">
          <span className="mono" title={inertText(value)}>
            <Inert text={value} most={120} />
          </span>
          <button
            type="button"
            aria-label={`Remove ${inertText(value)}`}
            disabled={isOff}
            onClick={() => onRemove(value)}
          >
            <Cross size={12} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface OfferedProps {
  readonly id: string;
  readonly label: string;
  readonly offered: readonly KnownValue[];
  /** How many more hold what is typed. */
  readonly more: number;
  readonly at: number;
  readonly onTake: (value: string) => void;
}

function Offered({ id, label, offered, more, at, onTake }: OfferedProps): ReactNode {
  return (
    <div id={`${id}-list`} role="listbox" aria-label={label} className="list-offered">
      {offered.map(({ value, count }, index) => (
        <div
          key={value}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className={index === at ? "list-option current" : "list-option"}
          // before the field is left, which would take what is typed
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(value);
          }}
        >
          <span className="mono cut">
            <Inert text={value} most={120} />
          </span>
          <span className="muted">{figure(count)}</span>
        </div>
      ))}
      {more > 0 && <p className="muted list-more">{figure(more)} more: type a part</p>}
    </div>
  );
}
