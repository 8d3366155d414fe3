import type { ReactNode } from "react";
import { Inert } from "../../parts/inert.tsx";
import { useAsk } from "../../session/use-ask.ts";

const MAX_CHARACTERS = 300;

/** Where the records that the numbers of people rest on contradict each other or the registry: which of them to doubt. */
export function Contradictions(): ReactNode {
  const said = useAsk("contradictions", {}).reply?.contradictions ?? [];
  if (said.length === 0) return null;
  return (
    <section className="answer-contradictions" aria-label="Contradictions">
      <h2>Records that contradict each other</h2>
      <ul>
        {said.map((sentence) => (
          <li key={sentence}>
            <Inert text={sentence} most={MAX_CHARACTERS} />.
          </li>
        ))}
      </ul>
    </section>
  );
}
