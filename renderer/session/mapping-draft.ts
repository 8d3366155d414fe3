import type { MappedField } from "../../shared/model/event.ts";

/** A mapping while it is made (`exhibit/mapping@1`). It is checked where it is used; what is wrong comes back as a sentence. */
export type MappingDraft = Readonly<Record<string, unknown>>;

/** Where a field comes from, in parts; an empty part is absent. */
export interface PlaceDraft {
  readonly from?: string;
  readonly match?: string;
  readonly split?: string;
  readonly parse?: string;
  readonly value?: string;
}

const MAPPING_OPTIONS = ["delimiter", "quote", "skip_rows", "encoding", "records", "pattern", "fields_are"] as const;
export type MappingOption = (typeof MAPPING_OPTIONS)[number];

export const newDraft = (format: string): MappingDraft => ({ schema: "exhibit/mapping@1", format });

/** What the draft says of a field; undefined where it leaves the field as it is found. */
export function placeOf(draft: MappingDraft | undefined, field: MappedField): PlaceDraft | undefined {
  const place = (draft?.fields as Record<string, unknown> | undefined)?.[field];
  if (place === undefined) return undefined;
  if (typeof place === "string") return { from: place };
  const { from, ...rest } = place as Record<string, unknown>;
  const parts = from === undefined ? rest : { ...rest, from: Array.isArray(from) ? from.join(", ") : from };
  return Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, String(value)]));
}

/** Another place for a field; without any part the field is as it is found. */
export function withPlace(draft: MappingDraft, field: MappedField, place: PlaceDraft): MappingDraft {
  const parts = Object.fromEntries(Object.entries(place).filter(([, value]) => value !== "" && value !== undefined));
  const { [field]: _, ...others } = (draft.fields ?? {}) as Record<string, unknown>;
  if (typeof parts.from === "string" && parts.from.includes(", ")) parts.from = parts.from.split(", ") as never;
  const isPlain = Object.keys(parts).length === 1 && typeof parts.from === "string";
  const fields = Object.keys(parts).length === 0 ? others : { ...others, [field]: isPlain ? parts.from : parts };
  const { fields: __, ...rest } = draft;
  return Object.keys(fields).length === 0 ? rest : { ...rest, fields };
}

export function withOption(draft: MappingDraft, option: MappingOption, text: string): MappingDraft {
  const { [option]: _, ...rest } = draft;
  if (text === "") return rest;
  return { ...rest, [option]: option === "skip_rows" && /^\d+$/u.test(text) ? Number(text) : text };
}
