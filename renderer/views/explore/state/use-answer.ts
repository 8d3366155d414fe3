import { useState } from "react";
import type { ExploreReply, OverviewReply } from "../../../../shared/model/explore.ts";
import type { People } from "../../../../shared/model/finding.ts";
import type { Place } from "../../../session/places.ts";
import type { Asked } from "../../../session/use-ask.ts";
import { useSame } from "../../../session/use-steady.ts";
import type { ExploreLayout } from "./layout.ts";
import { useBarCount } from "./use-bar-count.ts";
import { useOverview } from "./use-overview.ts";
import { usePeople } from "./use-people.ts";
import { useLookAhead, useSight } from "./use-sight.ts";
import { useView, type View } from "./use-view.ts";

/** What the engine says of a place: number and rows first, then what stands around them, then people. */
export interface Answer {
  /** Absent: nothing is there yet. */
  readonly view: View | undefined;
  readonly asked: Asked<ExploreReply>;
  /** Bars and facets. */
  readonly around: Asked<OverviewReply>;
  readonly people: People | undefined;
  readonly tags: readonly string[];
  /** From the first call of the case to the last. */
  readonly span: ExploreReply["span"] | undefined;
  /** The grid says which rows are seen. */
  onView(top: number, fit: number): void;
  /** The times that the bars show; absent: all. */
  onZoom(span: { from: number; to: number } | undefined): void;
}

export function useAnswer(place: Place, layout: ExploreLayout): Answer {
  const [sight, onView] = useSight();
  useLookAhead(sight);
  const [zoom, onZoom] = useState<{ from: number; to: number }>();
  const bars = useBarCount();
  const { view, asked } = useView(place, sight);
  const reply = view?.reply;
  const around = useOverview(reply, layout, bars, zoom, !asked.isCurrent);
  const people = usePeople(reply, around, !asked.isCurrent);
  const tags = useSame(reply?.tags ?? NO_TAGS);
  const span = useSame(reply?.span);
  return { view, asked, around, people, tags, span, onView, onZoom };
}

const NO_TAGS: readonly string[] = [];
