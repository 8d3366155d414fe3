import type { ImportItem } from "../../session/import-queue.ts";

/** A file as it is to be read: what was found out holds as long as this is the same. */
export const readingKey = ({ path, choice }: ImportItem): string =>
  JSON.stringify([path, choice.format, choice.timezone, choice.mapping?.document]);
