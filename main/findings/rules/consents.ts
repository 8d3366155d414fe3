import { idKey } from "../../../shared/base/same-id.ts";
import type { Dataset } from "../../query/dataset.ts";
import type { PersonIndex } from "../people/person-index.ts";

/** Who had opted in to what an app read, and when. */
export class Consents {
  /** By app id in `text_app`, by person: spans in force, in pairs of [given, withdrawn). */
  readonly #spans = new Map<number, Map<number, number[]>>();

  /** Only the consents for one permission; none where the rule knows no consent. */
  constructor(dataset: Dataset, personIndex: PersonIndex, permission: string | undefined) {
    if (permission === undefined) return;
    const appIds = new Map<string, number[]>();
    for (const [id, text] of dataset.columns.dictionary("app").all().entries()) {
      if (text === undefined) continue;
      const ids = appIds.get(idKey(text));
      if (ids) ids.push(id);
      else appIds.set(idKey(text), [id]);
    }
    for (const consent of dataset.registry.consents) {
      if (consent.permission !== permission) continue;
      for (const app of appIds.get(idKey(consent.app)) ?? []) {
        let people = this.#spans.get(app);
        if (!people) {
          people = new Map();
          this.#spans.set(app, people);
        }
        const person = personIndex.code(consent.subject);
        const spans = people.get(person);
        const span = [consent.given_at, consent.withdrawn_at ?? Number.POSITIVE_INFINITY];
        if (spans) spans.push(...span);
        else people.set(person, span);
      }
    }
  }

  /** Has anybody opted in to this app? */
  concern(app: number): boolean {
    return this.#spans.has(app);
  }

  covers(person: number, app: number, time: number): boolean {
    const spans = this.#spans.get(app)?.get(person);
    if (!spans) return false;
    for (let at = 0; at < spans.length; at += 2)
      if ((spans[at] as number) <= time && time < (spans[at + 1] as number)) return true;
    return false;
  }
}
