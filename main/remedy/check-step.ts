import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import { instant, isLater, type Moment, momentOf } from "../../shared/base/moment.ts";
import { nearest } from "../../shared/base/nearest.ts";
import { idKey } from "../../shared/base/same-id.ts";
import { instantOf } from "../../shared/base/time.ts";
import { fold } from "../../shared/filter/match.ts";
import { AUDIT_RESULTS, isStep, STEPS, type StepGiven } from "../../shared/model/accountability/remedy.ts";
import { timeOfAct } from "../custody/append.ts";
import type { Inquiry } from "../findings/inquiry.ts";
import { ruleNamed } from "../findings/rules/policy.ts";
import type { StepRecord } from "./steps/entries.ts";

/** Turns a step as it was typed into one that can be recorded. Made once for many: it knows every developer of the case. */
export class StepChecker {
  readonly #inquiry: Inquiry;
  /** By key of the id. */
  readonly #byId = new Map<string, string>();
  /** By folded name; null: several bear it. */
  readonly #byName = new Map<string, string | null>();
  readonly #now: Moment;

  constructor(inquiry: Inquiry) {
    this.#inquiry = inquiry;
    this.#now = instant(instantOf(timeOfAct(inquiry.dataset.caseFile).at));
    const { owners, registry } = inquiry.dataset;
    for (const { id, name } of owners.list) this.#know(id, name);
    for (const { developer_id, developer } of registry.developers) this.#know(developer_id, developer ?? developer_id);
    for (const judged of inquiry.judged)
      for (const { developer_id, developer } of inquiry.summaryOf(judged).developers)
        this.#know(developer_id, developer);
  }

  #know(given: string, name: string): void {
    const key = idKey(given);
    // Whoever was joined to another is that one.
    const id = this.#byId.get(key) ?? this.#inquiry.dataset.attribution.idNow(given);
    this.#byId.set(key, id);
    const word = fold(name);
    const bearer = this.#byName.get(word);
    if (bearer === undefined) this.#byName.set(word, id);
    else if (bearer !== null && idKey(bearer) !== idKey(id)) this.#byName.set(word, null);
  }

  /** @throws Refusal `remedy-wrong`, `developer-unknown`, `rule-unknown`, `policy-missing`; without files yet */
  check(step: StepGiven): Omit<StepRecord, "files"> {
    const word = step.step.trim().toLowerCase();
    if (!isStep(word)) {
      const near = nearest(word, STEPS);
      throw wrong(
        `"${step.step}" is no step of remedy`,
        near === undefined ? `give one of ${STEPS.join(", ")}` : `did you mean ${near}?`,
      );
    }
    const on = this.#moment("on", step.on);
    const due = this.#moment("due", step.due);
    if (on === undefined && due === undefined)
      throw wrong(
        `The step ${word} has neither a day on which it was done nor one on which it is due`,
        "give --on or --due",
      );
    if (on !== undefined && isLater(on, this.#now))
      throw wrong(
        `${on.text} is still to come (it is ${this.#now.text}): a step is done on a day that has begun`,
        "give a step that is planned with --due",
      );
    const result = step.result?.trim().toLowerCase();
    const known = AUDIT_RESULTS.find((each) => each === result);
    if (result !== undefined && known === undefined)
      throw wrong(`"${step.result}" is no result of an audit`, `give one of ${AUDIT_RESULTS.join(", ")}`);
    if (known !== undefined && word !== "audited")
      throw wrong(`The step ${word} has no result: only an audit has one`, "leave the result out, or say it in a note");
    return {
      ...{ rule: this.#rule(step.rule), developer_id: this.#developer(step.developer), step: word },
      ...given({ on: on?.text, due: due?.text, by: said(step.by), result: known, note: said(step.note) }),
    };
  }

  #moment(name: "on" | "due", text: string | undefined): Moment | undefined {
    if (text === undefined) return undefined;
    const moment = momentOf(text);
    if (!("from" in moment)) throw wrong(`${name}: "${text.slice(0, 60)}" ${moment.what}`, moment.todo);
    return moment;
  }

  #rule(named: string | undefined): string {
    const { policy } = this.#inquiry;
    const rules = policy?.rules ?? [];
    if (named !== undefined || rules.length === 0) return ruleNamed(policy, named ?? "").id;
    const [only, another] = rules;
    if (only === undefined || another !== undefined)
      throw wrong(
        `The policy has ${rules.length} rules, and the step names none`,
        `give --rule, one of ${rules.map(({ id }) => id).join(", ")}`,
      );
    return only.id;
  }

  #developer(written: string): string {
    const id = this.#byId.get(idKey(written)) ?? this.#byName.get(fold(written));
    if (id === null)
      throw new Refusal("developer-unknown", `Several developers bear the name "${written}"`, "give the id of the one");
    if (id === undefined)
      throw new Refusal(
        "developer-unknown",
        `${written} is no developer here`,
        "give an id or a name as the registry, the logs or `exhibit findings` have it",
      );
    return id;
  }
}

const said = (text: string | undefined): string | undefined => (text?.trim() ? text.trim() : undefined);

const wrong = (what: string, todo: string) => new Refusal("remedy-wrong", what, todo);
