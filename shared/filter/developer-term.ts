import { quote } from "./print.ts";

/** A term that holds of the calls of one developer alone, by its id as findings have it. */
export function developerTerm(id: string): string {
  const app = /^app:(.+)$/su.exec(id)?.[1];
  if (app !== undefined) return `app:${quote(app)} -developer:*`;
  return id === "unknown" ? "-app:* -developer:*" : `developer:${quote(id.replace(/^name:/u, ""))}`;
}
