import { describe, expect, test } from "vitest";
import { Refusal } from "../../../shared/base/errors.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { bare } from "./arbitraries.ts";

const text = (...segments: string[]) => ({ kind: "text", segments });
const pattern = (...segments: string[]) => ({ kind: "pattern", segments });
const is = (field: string, ...segments: string[]) => ({ kind: "field", field, value: pattern(...segments) });
const and = (...terms: object[]) => ({ kind: "and", terms });
const or = (...terms: object[]) => ({ kind: "or", terms });
const not = (term: object) => ({ kind: "not", term });

describe("terms", () => {
  test.each([
    ["", and()],
    ["  \t\n ", and()],
    ["a b", and(text("a"), text("b"))],
    ["a and b", and(text("a"), text("b"))],
    ["a b or c d", or(and(text("a"), text("b")), and(text("c"), text("d")))],
    ["a (b or c)", and(text("a"), or(text("b"), text("c")))],
    ["not a b", and(not(text("a")), text("b"))],
    ["-a b", and(not(text("a")), text("b"))],
    ["not(a or b)c", and(not(or(text("a"), text("b"))), text("c"))],
    ["-(a)OR(b)", or(not(text("a")), text("b"))],
    ["NOT a AnD b", and(not(text("a")), text("b"))],
    ['"and" "or"', and(text("and"), text("or"))],
    ['a or"b"', or(text("a"), text("b"))],
    ["android nothing orbit", and(text("android"), text("nothing"), text("orbit"))],
    ["a-b", text("a-b")],
    ["f(x)", text("f(x)")],
    ["(f(x))", text("f(x)")],
    ["*", text("", "")],
    ["a**b*", text("a", "b", "")],
    ["10:30:12", text("10:30:12")],
  ])("%s", (filter, tree) => {
    expect(bare(parse(filter))).toEqual(tree);
  });
});

describe("quotes", () => {
  test.each([
    ['"a*"', text("a*")],
    ['"a or (b)"', text("a or (b)")],
    [String.raw`"a\"b\\c"`, text('a"b\\c')],
    [String.raw`"C:\temp"`, text("C:\\temp")],
    [String.raw`a\*b`, text("a\\", "b")],
    ['"a b"*"c*"', text("a b", "c*")],
    ['app:""', is("app", "")],
    ['app:"cut off\n"', is("app", "cut off\n")],
  ])("%s", (filter, tree) => {
    expect(bare(parse(filter))).toEqual(tree);
  });
});

describe("fields", () => {
  test.each([
    ["path:/v2.12/me", is("path", "/v2.12/me")],
    ["operation:GET*", is("operation", "GET", "")],
    ["user_agent:Mozilla/5.0*(X11;*)*", is("user_agent", "Mozilla/5.0", "(X11;", ")", "")],
    ["app:-x", is("app", "-x")],
    ["app:a:b@c+d,e;{f}", is("app", "a:b@c+d,e;{f}")],
    ["fields:from{name,picture}", is("fields", "from{name,picture}")],
    ["fields:members.limit(10){name}", is("fields", "members.limit(10){name}")],
    ["FIELDS:name", is("fields", "name")],
    [
      "finding:(app:1 or name:Quillfen)",
      { kind: "field", field: "finding", value: or(pattern("app:1"), pattern("name:Quillfen")) },
    ],
    [
      "developer:(a or b -c)",
      { kind: "field", field: "developer", value: or(pattern("a"), and(pattern("b"), not(pattern("c")))) },
    ],
    ["note:*", { kind: "field", field: "note", value: { kind: "present" } }],
    ["source:a.csv", is("source", "a.csv")],
    ['source:"2"', is("source", "2")],
    ["ip:10.*", is("ip", "10.", "")],
    ['ip:"10.0.0.0/8"', is("ip", "10.0.0.0/8")],
    ["outcome:Allow*", is("outcome", "Allow", "")],
    ['app:"a"..', undefined],
  ])("%s", (filter, tree) => {
    if (tree === undefined) expect(() => parse(filter)).toThrow(Refusal);
    else expect(bare(parse(filter))).toEqual(tree);
  });

  test.each(["status>=400", "status:>=400", "status:(>=400)"])("%s", (filter) => {
    const literal = { kind: "number", from: 400, to: 400 };
    expect(bare(parse(filter))).toEqual({
      kind: "field",
      field: "status",
      value: { kind: "compare", op: ">=", literal },
    });
  });
});

test("the example of FORMATS", () => {
  const filter = parse(
    'api:groups developer:"Acme Social" time>=2018-04-04 outcome:allowed fields:(name or picture) not tag:reviewed "access_token"',
  );
  expect(filter.kind === "and" && filter.terms.map((term) => (term.kind === "field" ? term.field : term.kind))).toEqual(
    ["api", "developer", "time", "outcome", "fields", "not", "text"],
  );
});

test("nodes know their place and cannot be changed", () => {
  const written = "a  (b or developer:(x or y)) ";
  const filter = parse(written);
  if (filter.kind !== "and") throw new Error("no and");
  const [a, group] = filter.terms;
  expect([a, group].map((node) => node && written.slice(node.at - 1, node.end - 1))).toEqual([
    "a",
    "(b or developer:(x or y))",
  ]);
  expect(Object.isFrozen(filter) && Object.isFrozen(filter.terms) && Object.isFrozen(group)).toBe(true);
});

describe("mistakes", () => {
  test.each([
    ["developper:x", 1, "`developper` is not a field", "did you mean `developer`?"],
    ["a http://x", 3, "`http` is not a field", "put it in quotes"],
    ["sttaus>=5", 1, "`sttaus` is not a field", "`status`"],
    ['api:groups "abc', 12, "the quotation mark at position 12 is not closed", "write"],
    ["😀 nope:1", 3, "`nope` is not a field", "quotes"],
    ["()", 1, "the parentheses are empty", "inside"],
    ["a app:( )", 7, "the parentheses are empty", "inside"],
    ["(a", 1, "the parenthesis at position 1 is not closed", "write `)`"],
    ["app:(a or b", 5, "the parenthesis at position 5 is not closed", "write `)`"],
    ["f(x", 2, "the parenthesis at position 2 is not closed", "quotes"],
    ["a)", 2, "a closing parenthesis that nothing opened", "take it out"],
    [")", 1, "a closing parenthesis that nothing opened", "take it out"],
    ["a or", 3, "`or` has nothing after it", "quotes"],
    ["(a and)", 4, "`and` has nothing after it", "quotes"],
    ["not", 1, "`not` has nothing after it", "quotes"],
    ["or a", 1, "`or` has nothing before it", "quotes"],
    ["a or and b", 6, "`and` has nothing before it", "quotes"],
    ["a - b", 3, "`-` means not", "quotes"],
    ["--a", 1, "`-` means not", "quotes"],
    ["app:", 5, "`app` has no value", "app:1041"],
    ["app: x", 5, "`app` has no value", "app:1041"],
    ["status>=", 9, "`status` has no value", "status:4xx"],
    ["app:or", 5, "`or` stands where a value", '`"or"`'],
    ['""', 1, "the quotation marks hold nothing", "between"],
    ['"key":"value"', 6, "`:` right after a closing quotation mark", '\\"'],
    ['a"b"', 2, "a quotation mark inside `a`", '\\"'],
    ["status = 404", 1, "`status` is neither", "status:"],
    ["status=404", 1, "`status=404` is neither", "status:"],
    ["developer(a)", 1, "`developer(a)` is neither", "developer:"],
    ["a >= 5", 3, "`>=` stands alone", "quotes"],
    ["app:(a api:b)", 8, "`api:b` is a field inside the value of `app`", "close"],
    ["app:a..b", 5, "`..`: ranges are for times and numbers", "quotes"],
    ["app>5", 5, "`>`: ranges are for times and numbers", "quotes"],
    ["time:2018-13", 6, "`2018-13` has no month: 13", "01 to 12"],
    ["time:2018-02-30", 6, "`2018-02-30` is no day: February 2018 has 28", "01 to 28"],
    ["time:2018-04-04T24:00", 6, "has no hour: 24", "00 to 23"],
    ["time:2018-04-04T10:61", 6, "has no minute: 61", "00 to 59"],
    ["time:2018-04-04T10:00:60", 6, "has no second: 60", "00 to 59"],
    ["time:2018-04-04T10:00+25:00", 6, "has no such offset", "+02:00"],
    ["time:yesterday", 6, "`yesterday` is not a time", "last60d"],
    ["time:2018*", 6, "`2018*` has a wildcard", "range"],
    ['time:"cut*"', 6, "is not a time", "2018-04"],
    ["time:last0d", 6, "`last0d` is no span of days", "last60d"],
    ["time:2018..2017", 6, "`2018..2017` ends before it begins", "smaller"],
    ["time:..", 6, "`..` is a range without ends", "A..B"],
    ["time:2018..2019..2020", 6, "`2019..2020` is not a time", "2018"],
    ["status:5..4", 8, "`5..4` ends before it begins", "smaller"],
    ["bytes:-5..5", 7, "begins below zero", ">=-5"],
    ["status:9xx", 8, "`9xx` is no class of HTTP status", "4xx"],
    ["status:4x", 8, "`4x` is not a number", "4xx"],
    ["bytes:4xx", 7, "`4xx` is not a number", "digits"],
    ["bytes:1,000", 7, "`1,000` is not a number", "digits"],
    ["bytes:9007199254740993", 7, "is too large a number", "below"],
    ["status:4*", 8, "`4*` has a wildcard", "4xx"],
    ["status>=(4 or 5)", 9, "`>=` takes one value", "status:(>=A"],
    ["ip:10.0.0.0/33", 4, "`10.0.0.0/33` is no block of addresses", "10.0.0.0/8"],
    ["ip:300.0.0.0/8", 4, "is no block of addresses", "10.0.0.0/8"],
    ["outcome:alowed", 9, "`alowed` is no value of `outcome`", "did you mean `allowed`?"],
    ["fields_are:guessed", 12, "is no value of `fields_are`", "`returned`, `requested`"],
    ["duplicate:maybe", 11, "is no value of `duplicate`", "`yes`, `no`"],
    ["level:likely", 7, "is no value of `level`", "`possible`"],
    ["fields:from{name, picture}", 8, "`from{name,` has a bracket without its partner", "quotes"],
  ])("%s", (filter, position, what, todo) => {
    let refusal: unknown;
    try {
      parse(filter);
    } catch (error) {
      refusal = error;
    }
    if (!(refusal instanceof Refusal)) throw new Error(`not refused: ${filter}`);
    expect(refusal).toMatchObject({ code: "filter-wrong", position });
    expect(refusal.what).toContain(`at ${position}: `);
    expect(refusal.what).toContain(what);
    expect(refusal.todo).toContain(todo);
  });
});
