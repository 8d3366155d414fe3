/** How events are written to a file. `xlsx` is no text, and is never printed. */
export const EXPORT_FORMATS = ["csv", "jsonl", "ocsf", "xlsx"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
