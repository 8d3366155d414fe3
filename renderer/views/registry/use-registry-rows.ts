import { useCallback, useEffect, useRef, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { RegistryKind, RegistryPage, RegistryPageRow } from "../../../shared/model/registry.ts";
import { ask } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useAsk } from "../../session/use-ask.ts";

const PAGE = 200;

/** The rows of a table as they come into view, page by page: a registry may hold a hundred thousand. */
export function useRegistryRows(kind: RegistryKind, contains: string, sort: string | undefined) {
  const question = { kind, contains, ...(sort === undefined ? {} : { sort }) };
  const first = useAsk("registryRows", { ...question, offset: 0, limit: PAGE });
  const pages = useRef(new Map<number, readonly RegistryPageRow[]>());
  const asked = useRef<RegistryPage | undefined>(undefined);
  const [, redraw] = useState(0);
  const [error, setError] = useState<RefusalData>();
  // another question, or an act: what was read before is of another state
  if (asked.current !== first.reply) {
    asked.current = first.reply;
    pages.current = new Map(first.reply ? [[0, first.reply.rows]] : []);
  }
  const latest = useRef(question);
  latest.current = question;
  const matched = first.reply?.matched ?? 0;
  const read = useCallback((number: number) => {
    const of = asked.current;
    const into = pages.current;
    if (!of || into.has(number)) return;
    into.set(number, []);
    ask("registryRows", { ...latest.current, offset: number * PAGE, limit: PAGE }).then(
      (page) => {
        if (asked.current !== of) return;
        into.set(number, page.rows);
        redraw((times) => times + 1);
      },
      (fault: unknown) => setError(refusalOf(fault)),
    );
  }, []);
  const view = useRef<readonly [number, number]>([0, 0]);
  const onView = useCallback(
    (from: number, to: number) => {
      view.current = [from, to];
      for (let number = Math.floor(from / PAGE); number * PAGE < Math.min(to, matched); number += 1) read(number);
    },
    [read, matched],
  );
  useEffect(() => onView(...view.current), [onView]);
  const rowAt = (index: number) => pages.current.get(Math.floor(index / PAGE))?.[index % PAGE];
  return { page: first.reply, rowAt, onView, error: first.error ?? error };
}
