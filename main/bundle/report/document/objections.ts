import { figure } from "../../../../shared/base/figure.ts";
import { peopleText } from "../../../../shared/model/people-text.ts";
import type { PageInput } from "../../contents/page-input.ts";
import type { RuleFacts } from "./rule-facts.ts";
import { type Block, heading, type Text } from "./tree.ts";
import { plural } from "./words.ts";

/** The twelve things an opposing expert says first, each answered from the case or admitted. */
export function objections(input: PageInput, rules: readonly RuleFacts[]): Block[] {
  const said: readonly (readonly [objection: string, answer: string])[] = [
    ["The logs were altered before you had them.", received(input)],
    ["You altered them, or somebody did later.", unaltered(input)],
    ["Lines were left out, or calls counted twice.", complete(input)],
    ["The clocks are wrong.", clocks(input)],
    ["The logs have holes.", holes(input)],
    ["The number of people is a guess.", people(rules)],
    ["A request is not a receipt.", receipts(rules)],
    ["Those apps are not theirs.", owners(input)],
    ["They were allowed to.", permission(rules)],
    ["Another day would give other numbers.", cutoffs(input)],
    ["You looked only for what incriminates.", against(input, rules)],
    ["Nobody can repeat this, and the program may be wrong.", repeatable(input)],
  ];
  return [
    heading(2, "Objections and answers"),
    {
      kind: "list",
      isNumbered: true,
      items: said.map(([objection, answer]): Text => [{ strong: `"${objection}" ` }, answer]),
    },
  ];
}

const countedOf = ({ sources }: PageInput) => sources.filter(({ withdrawn }) => withdrawn === undefined);
const sum = <Row>(rows: readonly Row[], of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);

function received(input: PageInput): string {
  const counted = countedOf(input);
  const acquired = counted.filter(({ acquisition }) => acquisition !== undefined).length;
  if (acquired === 0)
    return "Admitted as open: nobody recorded how the files came. What was imported is fixed by SHA-256 from then on; before that the producer answers for it.";
  const rest = counted.length - acquired;
  return `For ${plural(acquired, "source")} of ${figure(counted.length)} it is recorded from whom, when and how they came (extract/sources.json)${rest === 0 ? "" : `; for ${figure(rest)} it is not, which is admitted`}. Before that the producer answers for them.`;
}

function unaltered({ about, key }: PageInput): string {
  const originals =
    Object.keys(about.originals).length === 0
      ? "the originals are not in this bundle, and can be asked for and compared"
      : "the originals lie in originals/";
  const signed =
    key === undefined
      ? "The bundle is unsigned, which is admitted: its digests show accidents and careless edits, not intent."
      : `The bundle is signed by the key ${key.fingerprint}; whose key that is must be known from elsewhere.`;
  return `Each file's SHA-256 stands in custody with the act that took it in, and in extract/sources.json; extract/lines/ holds bytes of these files; ${originals}. ${signed}`;
}

function complete(input: PageInput): string {
  const counted = countedOf(input);
  const lines = (kind: "events" | "rejected" | "skipped") => sum(counted, ({ line_ledger: ledger }) => ledger[kind]);
  const { events, left_out } = input.about;
  return `Every physical line is accounted for: ${plural(
    sum(counted, (each) => each.lines),
    "line",
  )} are ${figure(lines("events"))} of calls, ${figure(lines("rejected"))} rejected and ${figure(lines("skipped"))} skipped. ${plural(
    sum(counted, ({ duplicates }) => duplicates),
    "record",
  )} are marked as duplicates, kept, and in no count. Of the calls this bundle holds ${figure(events)}; ${figure(left_out)} are left out by the filters above, and can be asked for.`;
}

function clocks(input: PageInput): string {
  const counted = countedOf(input);
  const from = (...ways: string[]) => counted.filter(({ timezone_from: way }) => ways.includes(way)).length;
  const [assumed, chosen] = [from("assumed"), from("mapping", "option")];
  const zones = [
    ...(assumed === 0 ? [] : [`the zone of ${plural(assumed, "source")} was assumed, because the log does not say it`]),
    ...(chosen === 0 ? [] : [`that of ${plural(chosen, "source")} was said by the examiner or its mapping`]),
  ];
  const moved = sum(
    (input.sensitivity?.rules ?? []).flatMap((rule) => rule.zones),
    ({ could_move: could }) => could.events,
  );
  const words = zones.length === 0 ? "Every log says its own zone." : `Of the zones, ${zones.join("; ")}.`;
  return `${words} ${moved === 0 ? "No call would be judged otherwise in another zone." : `Another zone could move ${plural(moved, "call")}: see Sensitivity.`} Whether a server's clock was right the logs alone cannot show, which is admitted.`;
}

function holes({ findings }: PageInput): string {
  const gaps = sum(findings.coverage, (lane) => lane.gaps.length);
  const found =
    gaps === 0
      ? "No run of hours lacks calls that were to be expected, where that can be told."
      : `${plural(gaps, "gap")} ${gaps === 1 ? "is" : "are"} listed.`;
  return `${found} A gap can hide calls and cannot add any: what is counted here was logged. That something did not happen is said only as far as the logs reach, and a claim that rests on a gap is undetermined.`;
}

function people(rules: readonly RuleFacts[]): string {
  const unsure = rules.filter(({ found }) => found.totals.obtained.people.basis !== "exact");
  return unsure.length === 0
    ? "It is exact: distinct ids that stand in the lines."
    : `It says how it is known, and no bound is given as a number: ${unsure.map(({ title, found }) => `${title}: ${peopleText(found.totals.obtained.people)}`).join("; ")}. METHOD.txt has the arithmetic.`;
}

const BASES = {
  returned: "the logs say which fields came back",
  requested: "the logs say only which fields were asked for, which is admitted",
  both: "some logs say which fields came back, others only which were asked for, which is admitted",
} as const;

function receipts(rules: readonly RuleFacts[]): string {
  const bases = rules.map(({ title, found }) => `${title}: ${BASES[found.totals.obtained.fields_are ?? "returned"]}`);
  return `${bases.join("; ")}${bases.length === 0 ? "" : ". "}A call that was refused or failed is not counted as got, nor one of which nothing says how it ended and that returned nobody. That anyone read, kept or used what came back no log shows.`;
}

function owners({ joined, findings }: PageInput): string {
  const named = findings.rules
    .flatMap(({ developers }) => developers)
    .filter(({ developer_id: id }) => /^(?:name|app):/u.test(id)).length;
  return `An app counts for whoever the registry says owned it at the time of the call. ${
    named === 0
      ? "No finding rests on the log's own name for an owner. "
      : `${plural(named, "finding")} ${named === 1 ? "is" : "are"} of an app that nobody registered, under the name the log gives, or its own. `
  }${joined.length === 0 ? "No two developers were joined by hand." : `${plural(joined.length, "developer")} ${joined.length === 1 ? "was" : "were"} joined to another by hand, each with a reason in custody; METHOD.txt, section 3, names them.`}`;
}

function permission(rules: readonly RuleFacts[]): string {
  const each = rules.map(({ title, found, rule }) => {
    const got = found.developers.filter(({ obtained }) => obtained.events > 0);
    const held = got.filter(({ entitled }) => entitled).length;
    const exempt = rule?.exempt_apps?.length ?? 0;
    const consent =
      rule?.consent_permission === undefined ? "no consent lifts the rule" : "people who consented are left out";
    return `${title}: ${figure(held)} of the ${figure(got.length)} that got data held the permission after its day by the registry; ${plural(exempt, "app")} ${exempt === 1 ? "is" : "are"} exempt; ${consent}`;
  });
  return `${each.join(". ")}${each.length === 0 ? "" : ". "}A grant that was left in place shows that access was possible; what the rule forbids is in extract/policy.json, and whether it binds is for the court.`;
}

function cutoffs({ sensitivity }: PageInput): string {
  const shifts = (sensitivity?.rules ?? []).flatMap((rule) => rule.shifts);
  if (shifts.length === 0) return "The rules are worked out for the day that the policy names, and for no other.";
  const changed = shifts.filter((shift) => shift.in.length + shift.out.length > 0).length;
  return `The same was worked out with the rule's day moved by an hour, a day and a week: ${changed === 0 ? "the developers that got data stay the same ones in each" : `in ${figure(changed)} of ${figure(shifts.length)} cases other developers come in or go out, who are named`} (Sensitivity).`;
}

function against({ findings, claims }: PageInput, rules: readonly RuleFacts[]): string {
  const rows = rules.flatMap(({ found }) => found.developers);
  const dismissed = rows.filter(({ status }) => status === "dismissed" || status === "disputed").length;
  const denied = sum(rules, ({ found }) => found.totals.attempted.events);
  const gaps = sum(findings.coverage, (lane) => lane.gaps.length);
  const contradicted = claims.filter(({ verdict }) => verdict === "contradicted").length;
  return `Counted and shown are ${plural(denied, "call")} that got nothing, ${plural(dismissed, "finding")} dismissed or disputed with the reasons, ${plural(gaps, "gap")}, and ${plural(claims.length, "claim")} held against the record, of which it contradicts ${figure(contradicted)}. Totals stand without dismissed findings, too.`;
}

const repeatable = ({ about }: PageInput): string =>
  `\`exhibit verify --recompute\` makes every number anew from the lines, and METHOD.txt says how to do it without this program, by hand or by SQL. legal/validation-record names the version, the digest of its build (${about.build.slice(0, 16)}) and its known faults.`;
