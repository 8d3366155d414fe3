import { Time, Error as Wrong } from "@blueprintjs/icons";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { STEPS, type Step } from "../../../shared/model/accountability/remedy.ts";
import { LevelSwatch } from "../../parts/finding-table/level.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { STEP_WORDS } from "../../text/step-words.ts";
import { type Card, NOTHING_YET } from "./cards.ts";

/** Cards of a column that are drawn before somebody asks for the rest. */
const FIRST_CARDS = 60;
/** What a dragged card is, for the browser. */
const DRAGGED = "text/x-exhibit-developer";

interface Props {
  readonly cards: readonly Card[];
  /** Whose steps are shown below. */
  readonly current: string | undefined;
  readonly selected: ReadonlySet<string>;
  onCurrent(developer: string): void;
  onToggle(developer: string): void;
  /** A card was dropped on a column further on. */
  onDrop(developer: string, step: Step): void;
}

const COLUMNS: readonly (Step | undefined)[] = [undefined, ...STEPS];

/** A column a step. One stop of Tab; arrows walk in and between columns, Space selects. */
export function Board({ cards, current, selected, onCurrent, onToggle, onDrop }: Props): ReactNode {
  const board = useRef<HTMLDivElement>(null);
  const columns = COLUMNS.map((step) => cards.filter(({ row }) => row.state === step));
  const isShown = cards.some(({ row }) => row.developer_id === current);
  const stop = isShown ? current : columns.find((column) => column.length > 0)?.[0]?.row.developer_id;

  const move = (event: KeyboardEvent, column: number, place: number, card: Card) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " ") {
      event.preventDefault();
      onToggle(card.row.developer_id);
      return;
    }
    const to = target(event.key, columns, column, place);
    if (to === undefined) return;
    event.preventDefault();
    onCurrent(to.row.developer_id);
    const id = CSS.escape(to.row.developer_id);
    board.current?.querySelector<HTMLElement>(`[data-developer="${id}"]`)?.focus();
  };
  return (
    <div ref={board} className="remedy-board" data-region role="group" aria-label="Board">
      {columns.map((column, index) => {
        const step = COLUMNS[index];
        return (
          <Column key={step ?? ""} step={step} cards={column} onDrop={onDrop}>
            {(card, place) => (
              <CardButton
                card={card}
                isStop={card.row.developer_id === stop}
                isCurrent={card.row.developer_id === current}
                isSelected={selected.has(card.row.developer_id)}
                onClick={() => onCurrent(card.row.developer_id)}
                onKeyDown={(event) => move(event, index, place, card)}
              />
            )}
          </Column>
        );
      })}
    </div>
  );
}

/** Where an arrow leads: the same place of the next column that has cards, else its last. */
function target(key: string, columns: readonly (readonly Card[])[], column: number, place: number): Card | undefined {
  const own = columns[column] ?? [];
  const within = { ArrowDown: place + 1, j: place + 1, ArrowUp: place - 1, k: place - 1, Home: 0, End: own.length - 1 }[
    key
  ];
  if (within !== undefined) return own[Math.max(0, Math.min(own.length - 1, within))];
  const by = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  if (by === 0) return undefined;
  for (let at = column + by; at >= 0 && at < columns.length; at += by) {
    const there = columns[at] ?? [];
    if (there.length > 0) return there[Math.min(place, there.length - 1)];
  }
  return undefined;
}

interface ColumnProps {
  readonly step: Step | undefined;
  readonly cards: readonly Card[];
  onDrop(developer: string, step: Step): void;
  children(card: Card, place: number): ReactNode;
}

function Column({ step, cards, onDrop, children }: ColumnProps): ReactNode {
  const [isAll, setIsAll] = useState(false);
  const [isOver, setIsOver] = useState(false);
  const title = step === undefined ? NOTHING_YET : STEP_WORDS[step];
  const against = cards.filter(({ lines }) => lines.some(({ tone }) => tone === "bad")).length;
  const drawn = isAll ? cards : cards.slice(0, FIRST_CARDS);
  return (
    <div
      className={isOver ? "remedy-column over" : "remedy-column"}
      onDragOver={(event) => {
        if (step === undefined || !event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        setIsOver(false);
        const developer = event.dataTransfer.getData(DRAGGED);
        if (step === undefined || developer === "" || cards.some(({ row }) => row.developer_id === developer)) return;
        event.preventDefault();
        onDrop(developer, step);
      }}
    >
      <h2>
        {title} <span className="gap" />
        {against > 0 && (
          <span className="remedy-bad" title="Cards below that something speaks against">
            {figure(against)} against
          </span>
        )}{" "}
        <span className="muted" title="Cards below">
          {figure(cards.length)}
        </span>
      </h2>
      <ul aria-label={`${title}, ${cards.length}`}>
        {drawn.map((card, place) => (
          <li key={card.row.developer_id}>{children(card, place)}</li>
        ))}
      </ul>
      {drawn.length < cards.length && (
        <button type="button" className="link" onClick={() => setIsAll(true)}>
          {figure(cards.length - drawn.length)} more
        </button>
      )}
    </div>
  );
}

interface CardProps {
  readonly card: Card;
  readonly isStop: boolean;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  onClick(): void;
  onKeyDown(event: KeyboardEvent): void;
}

function CardButton({ card, isStop, isCurrent, isSelected, onClick, onKeyDown }: CardProps): ReactNode {
  const { row, lines } = card;
  return (
    <button
      type="button"
      className={isCurrent ? "remedy-card current" : "remedy-card"}
      data-developer={row.developer_id}
      tabIndex={isStop ? 0 : -1}
      aria-current={isCurrent}
      aria-pressed={isSelected}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, row.developer_id)}
      onClick={onClick}
      onFocus={() => !isCurrent && onClick()}
      onKeyDown={onKeyDown}
    >
      <span className="remedy-name" title={inertText(row.developer)}>
        {row.level && <LevelSwatch level={row.level} />}
        <span className="cut">
          <Inert text={row.developer} most={120} />
        </span>
      </span>
      {lines.map(({ text, tone }) => (
        <span key={text} className={`remedy-line remedy-${tone}`}>
          {tone === "bad" && <Wrong size={12} aria-hidden />}
          {tone === "late" && <Time size={12} aria-hidden />}
          <span className="cut">
            <Inert text={text} most={80} />
          </span>
        </span>
      ))}
    </button>
  );
}
