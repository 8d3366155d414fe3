import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import { complete } from "../../../shared/filter/complete.ts";
import { fieldRow } from "../../../shared/filter/fields.ts";
import { isMac } from "../../commands/platform.ts";
import { useShared } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { useCommand } from "../../session/use-command.ts";
import { Inert, pieces } from "../inert.tsx";
import { coloured, withMark } from "./colour.ts";
import type { Draft } from "./draft.ts";
import { accepted, type Suggestion, suggestions } from "./suggest.ts";
import "./filter-bar.css";

/** Fields whose values the engine can list. */
const LISTED = new Set([
  "app",
  "developer",
  "api",
  "operation",
  "method",
  "path",
  "actor",
  "resource",
  "ip",
  "user_agent",
  "status",
  "fields",
  "source",
]);

interface FilterBarProps {
  readonly draft: Draft;
  /** What the engine refused of the filter that holds: a policy it has not, a rule nobody wrote. */
  readonly refused?: RefusalData | undefined;
  readonly months: readonly string[];
  readonly tags: readonly string[];
  /** Esc with nothing left to undo here: one step out. */
  onLeave(): void;
}

/** The filter's text: a combobox with a coloured copy under its input, and errors under the place they speak of. */
export const FilterBar = memo(function FilterBar({ draft, refused, months, tags, onLeave }: FilterBarProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const copy = useRef<HTMLDivElement>(null);
  const list = useId();
  const [caret, setCaret] = useState<number>();
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const toCaret = useRef<number | undefined>(undefined);
  const policy = useShared((state) => state.policy);

  const completion = useMemo(() => complete(draft.text, caret ?? draft.text.length), [draft.text, caret]);
  const isListed =
    isOpen && completion.kind === "value" && completion.field !== undefined && LISTED.has(completion.field);
  const prefix = useLater(completion.prefix, 60);
  const values = useAsk(
    "values",
    isListed ? { filter: "", field: completion.field as string, contains: prefix, limit: 12 } : undefined,
  );
  const found = useMemo(
    () =>
      isOpen
        ? suggestions(completion, {
            hasPolicy: policy !== undefined,
            rules: policy?.rules.map((rule) => rule.id) ?? [],
            months,
            tags,
            values: isListed ? (values.reply?.values ?? []) : [],
          })
        : [],
    [isOpen, completion, policy, months, tags, isListed, values.reply],
  );
  const mistake = draft.mistake ?? refused;
  const position = draft.mistake?.position;
  const parts = useMemo(() => {
    const all = coloured(draft.text);
    return position === undefined ? all : withMark(all, position);
  }, [draft.text, position]);

  useCommand("filter", () => {
    input.current?.focus();
    input.current?.select();
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what is waited for
  useLayoutEffect(() => {
    if (toCaret.current !== undefined) {
      input.current?.setSelectionRange(toCaret.current, toCaret.current);
      setCaret(toCaret.current);
      toCaret.current = undefined;
    }
    follow();
  }, [draft.text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: both are what is waited for
  useEffect(() => setActive(-1), [draft.text, isOpen]);

  const follow = () => {
    if (copy.current && input.current) copy.current.scrollLeft = input.current.scrollLeft;
  };
  const noteCaret = () => {
    const at = input.current?.selectionStart;
    setCaret(at ?? undefined);
    follow();
  };
  const take = (chosen: Suggestion) => {
    const next = accepted(draft.text, completion, chosen);
    toCaret.current = next.caret;
    draft.change(next.text);
    setIsOpen(chosen.written.endsWith(":"));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const mod = isMac ? event.metaKey : event.ctrlKey;
    const key = event.key.toLowerCase();
    const hasMenu = found.length > 0;
    if (mod && (key === "z" || key === "y")) {
      event.preventDefault();
      if (key === "y" || event.shiftKey) draft.redo();
      else draft.undo();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!hasMenu) setIsOpen(true);
      else
        setActive(
          (before) => (before + (event.key === "ArrowDown" ? 1 : before < 0 ? 0 : -1) + found.length) % found.length,
        );
    } else if (mod && event.key === " ") {
      event.preventDefault();
      setIsOpen(true);
    } else if ((event.key === "Enter" || event.key === "Tab") && hasMenu && active >= 0 && !event.shiftKey) {
      event.preventDefault();
      take(found[active] as Suggestion);
    } else if (event.key === "Enter") {
      event.preventDefault();
      setIsOpen(false);
      draft.settle();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (hasMenu) setIsOpen(false);
      else if (draft.mistake) draft.restore();
      else onLeave();
    }
  };

  return (
    <div className="filter-field" data-mistake={mistake ? (draft.mistake ? "held" : "refused") : undefined}>
      <div ref={copy} className="filter-copy mono" aria-hidden>
        {parts.map((part, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
            key={index}
            className={"isMarked" in part ? `filter-is-${part.kind} filter-mark` : `filter-is-${part.kind}`}
          >
            <Plain text={part.text} />
          </span>
        ))}
        {position !== undefined && position > draft.text.length && <span className="filter-mark"> </span>}
      </div>
      <input
        ref={input}
        className="filter-input mono"
        role="combobox"
        aria-label="Filter"
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${list}-${active}` : undefined}
        aria-invalid={mistake !== undefined}
        aria-describedby={mistake ? `${list}-mistake` : undefined}
        placeholder="Every call. Type words, or a field: api:groups time>=cutoff"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        value={draft.text}
        onChange={(event) => {
          setIsOpen(true);
          setCaret(event.target.selectionStart ?? undefined);
          draft.change(event.target.value, event.timeStamp);
        }}
        onSelect={noteCaret}
        onScroll={follow}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setIsOpen(false);
          draft.settle();
        }}
      />
      {found.length > 0 && (
        <ul id={list} className="bp6-menu filter-menu" role="listbox" aria-label="Completions">
          {found.map((each, index) => (
            <li
              key={each.label}
              id={`${list}-${index}`}
              className={index === active ? "bp6-menu-item bp6-active" : "bp6-menu-item"}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => {
                event.preventDefault();
                take(each);
              }}
            >
              <span className="mono cut">
                <Inert text={each.label} most={120} />
              </span>
              <span className="muted cut filter-detail">
                {each.count === undefined ? (each.detail ?? "") : figure(each.count)}
              </span>
            </li>
          ))}
          {completion.field !== undefined && (
            <li className="filter-hint muted" role="presentation">
              {fieldRow(completion.field).description.replaceAll("`", "")}, for example{" "}
              <span className="mono">{fieldRow(completion.field).example}</span>
            </li>
          )}
        </ul>
      )}
      {mistake && found.length === 0 && (
        <div id={`${list}-mistake`} className="filter-mistake" role="alert">
          <p>
            <Inert text={sentence(mistake)} />
          </p>
          {draft.mistake && <p className="muted">The last good filter holds. Esc brings it back.</p>}
        </div>
      )}
    </div>
  );
});

/**
 * What cannot be seen, and what turns the text around it, as a mark without width: the copy stays under its input, and a value from a
 * log shows its characters in the order that they have.
 */
function Plain({ text }: { text: string }): ReactNode {
  return pieces(text).map((piece, index) =>
    piece.isControl ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
      <span key={index} className="filter-control" />
    ) : (
      piece.text
    ),
  );
}

/** A refusal as one sentence. */
export function sentence({ what, todo }: RefusalData): string {
  const text = `${what}: ${todo}.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The value as it was some time ago, so that not every key asks the engine. */
function useLater<T>(value: T, milliseconds: number): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return later;
}
