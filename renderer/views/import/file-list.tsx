import type { ReactNode } from "react";
import { pathOf } from "../../../shared/contract/chosen.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import type { ImportQueue } from "../../session/import-queue.ts";
import { fileName } from "../../text/format.ts";
import { Standing } from "./standing.tsx";

/** The files, each with where it stands. */
export function FileList({
  queue,
  current,
  onChoose,
}: {
  queue: ImportQueue;
  current: string;
  onChoose(path: string): void;
}): ReactNode {
  return (
    <ul className="import-files" aria-label="Files" data-region>
      {queue.map((item) => (
        <li key={item.path} className={item.path === current ? "import-file is-current" : "import-file"}>
          <button
            type="button"
            className="import-name"
            aria-current={item.path === current}
            title={inertText(pathOf(item.path))}
            onClick={() => onChoose(item.path)}
          >
            <Inert text={fileName(item.path)} />
          </button>
          <Standing item={item} />
        </li>
      ))}
    </ul>
  );
}
