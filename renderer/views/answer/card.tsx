import type { ReactNode } from "react";

interface Props {
  readonly number: number;
  readonly question: string;
  /** One sentence: number, then how it is known. */
  readonly children: ReactNode;
  /** The rows behind it. */
  readonly links: ReactNode;
  /** Opened below the sentence. */
  readonly more?: ReactNode;
}

/** A question and its answer. */
export function Card({ number, question, children, links, more }: Props): ReactNode {
  return (
    <section className="answer-card" aria-label={question}>
      <span className="answer-number" aria-hidden>
        {number}
      </span>
      <div className="answer-words">
        <h2>{question}</h2>
        <p>{children}</p>
      </div>
      <div className="answer-links">{links}</div>
      {more !== undefined && more !== null && more !== false && <div className="answer-more">{more}</div>}
    </section>
  );
}

/** The number of a sentence; `isMain`: the answer itself. */
export function Figure({ isMain = false, children }: { isMain?: boolean; children: ReactNode }): ReactNode {
  return <strong className={isMain ? "answer-figure main" : "answer-figure"}>{children}</strong>;
}
