import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Refusal } from "../../../shared/base/errors.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { quote } from "../../../shared/filter/print.ts";

function refusalOf(filter: string): Refusal {
  try {
    parse(filter);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error(`not refused: ${filter}`);
}

describe("what other languages write is answered with what it would be here", () => {
  test.each([
    ["app!=1041", 1, "-app:1041"],
    ["-app!=1041", 2, "-app:1041"],
    ["api:groups app!==1041", 12, "-app:1041"],
    ['developer!="Acme Social"', 1, "-developer:VALUE"],
    ["client!=1041", 1, "the name of a field"],
    ["status==404", 1, "status:404"],
    ["status=404", 1, "status:404"],
    ["time=>2018-04", 1, "time>=2018-04"],
    ["status<>404", 8, "-status:404"],
    ["app:!=1041", 5, "-app:1041"],
    ["app:=1041", 5, "app:1041"],
    ["app:(1041 or !1042)", 14, "-app:1042"],
    ["!api:groups", 1, "`not` or `-` before the term: `-api:groups`"],
    ["api:groups !(app:1041)", 12, "`not` or `-`"],
    ["! app:1041", 1, "`not` or `-`"],
    ["app:1041 && api:pages", 10, "`and`"],
    ["app:1041&&api:pages", 9, "`and`"],
    ["app:1041 & api:pages", 10, "quotes"],
    ["app:1041 || app:1042", 10, "`app:1041 or app:1042`"],
    ["app:1041|1042", 9, "`app:(1041 or 1042)`"],
    ["groups|pages", 7, "`groups or pages`"],
    ["app~1041", 1, "app:*1041*"],
    ["app=~10.*", 1, "app:*10.**"],
    ["app!~1041", 1, "-app:*1041*"],
    ["app:~1041", 5, "app:*1041*"],
    ["api ~ x", 1, "`api:*x*`"],
    ["api != x", 1, "`-api:x`"],
    ["api = x", 1, "`api:x`"],
    ["status >= 400", 1, "`status>=400`"],
    ["status <> 404", 1, "`-status:404`"],
    ["fields : name", 1, "`fields:name`"],
    ['developer == "Acme Social"', 1, '`developer:"Acme Social"`'],
    ["api =", 1, "`api:VALUE`"],
    ["app in (1041,1042)", 5, "app:(1041 or 1042)"],
    ["app IN(1041)", 5, "`app:1041`"],
    ["app not in (1041, 1042)", 9, "`-app:(1041 or 1042)`"],
    ["fields in ('name', \"a b\")", 8, '`fields:("name" or "a b")`'],
    ["app:(1041,1042)", 10, "`app:(1041 or 1042)`"],
    ["app:(1041, 1042)", 10, "`app:(1041 or 1042)`"],
    ['app:("1041","1042")', 12, "`or` between two values"],
    ["fields:name,picture", 12, "`fields:(name or picture)`"],
    ["fields:(from{name,picture},id)", 27, "`fields:(from{name,picture} or id)`"],
    ["app:1041,api:groups", 9, "a blank between terms: `app:1041 api:groups`"],
    ["developer:“Acme Social”", 11, "straight"],
    ["“access_token”", 1, "straight"],
    ["path:‘a’", 6, "straight"],
    ["developer:'Acme Social'", 11, '"Acme Social"'],
    ["'access_token'", 1, '"access_token"'],
    ["api:groups developer:(O'Brien or 'Acme, Inc.')", 34, '"Acme, Inc."'],
    ["'O'Brien & Sons'", 1, `"O'Brien & Sons"`],
    ["app:'1041'*", 5, '"1041"'],
    ["time:2018-05-10 12:00", 17, "2018-05-10T12:00"],
    ["time>=2018-05-10 9:30:15 app:1", 18, "`2018-05-10T09:30:15`"],
    ["time:2018-05-01..2018-05-10 12:00", 29, "2018-05-10T12:00"],
    ["time:(2018-05-10 12:00 or 2019)", 18, "2018-05-10T12:00"],
    ["2018-05-10 12:00", 12, "2018-05-10T12:00"],
    ["time>=2018-05-10T12:00 +02:00", 24, "time>=2018-05-10T12:00+02:00".slice(6)],
    ["time>=2018-05-10T12:00 Z", 24, "leave it out"],
    ["time:2018-05-10 utc app:1", 17, "leave it out"],
    ["time:2018-05-01 .. 2018-06-01", 17, "time:A..B"],
    ["app eq 1041", 5, "app:1041"],
    ["app is not 1041", 5, "-app:1041"],
    ["status gte 400", 8, "status>=400"],
    ["status between 400 and 499", 8, "status:400..499"],
    ["api:x time NOT BETWEEN 2018-04 AND 2018-05", 12, "-time:2018-04..2018-05"],
    ['app has "41"', 5, 'app:*"41"*'],
    ["path like /v2/%", 6, "path:/v2/*"],
    ["app startswith 10", 5, "app:10*"],
    ["app:1041, api:groups", 9, "a blank between terms: `app:1041`"],
    ["app:1041;api:groups", 9, "`app:1041 api:groups`"],
    ["app:1041,1042", 9, "`app:(1041 or 1042)`"],
    ["api:groups,pages", 11, "`api:(groups or pages)`"],
    ["subjects:u1;u2", 12, "`subjects:(u1 or u2)`"],
    ["fields:name;picture", 12, "`fields:(name or picture)`"],
    ["app:[1041,1042]", 5, "app:(A or B)"],
    ["app:{1041,1042}", 5, "app:(A or B)"],
    ["subjects:[]", 10, "subjects:(A or B)"],
    ["ip:[2001:db8::2]", 4, "without brackets"],
    ["app:/10.*/", 5, "any run of characters"],
    ["path:/groups.*members/i", 6, "any run of characters"],
    ["app:10?1", 7, "any run of characters"],
    ["app:^1041", 5, "app:1041"],
    ["app:1041~", 9, "alone"],
    ["app:1041^2", 9, "alone"],
    ["app:null", 5, "not app:*"],
    ["+app:1041 api:x", 1, "must all hold"],
    ["−app:1041", 1, "-app:1041"],
    ["app:1041 — api:x", 10, "-app:1041"],
    ["app：1041", 1, "app:VALUE"],
    ["fields[0]:name", 1, "fields:VALUE"],
    ["api!:groups", 1, "api:VALUE"],
    ["«groups»", 1, "straight"],
    ["ip:10.1.2", 4, "10.1.2.0/24"],
    ["ip:10.1.2.0-10.1.2.255", 4, "10.1.2.0/24"],
    ["operation:GET /users/{id}", 15, 'operation:"GET /…"'],
  ])("%s", (filter, position, todo) => {
    const refusal = refusalOf(filter);
    expect(refusal).toMatchObject({ code: "filter-wrong", position });
    expect(refusal.what).toContain(`at ${position}: `);
    expect(refusal.todo).toContain(todo);
  });
});

test("what is written instead is a filter", () => {
  for (const filter of [
    ...["status = 404", "api != x", "time >= 2018-05", "!api:groups", "app in (1041, 1042)", "app not in ('1')"],
    ...["app:(1041, 1042)", "fields:name,picture", "app:1,api:x", "app:1041|1042", "a | b", "api:x || time:2018"],
    ...["fields in ()", "app in (1041", "|", "a |", '"a b" | c', "!", "api =", "fields:(a,b", "app ~ x*y"],
  ]) {
    const here = refusalOf(filter).todo.match(/`([^`]+)`, or put/u)?.[1];
    expect([filter, here]).toEqual([filter, expect.any(String)]);
    expect(() => parse(here as string)).not.toThrow();
  }
});

describe("what looks like it, and is none of it, is read", () => {
  test.each([
    '"app!=1041"',
    'app:"!=1041"',
    '"!app"',
    '"a && b" "a|b" "a~b"',
    '"in (a)" inside(a) begin (a or b)',
    'app:("a,b" or c)',
    "app:a,b",
    "fields:from{name,picture}",
    "fields:(from{name,picture} or members.limit(10,5){name})",
    "developer:O’Brien",
    "developer:O'Brien",
    "developer:(O'Brien or D'Arcy)",
    "'tis O'Brien",
    "path:/users('7')/items",
    `"'quoted'"`,
    "'",
    "path:/~user/x",
    "/v2/me?fields=name&limit=5",
    "a&b",
    'time:2018-05-10 "12:00"',
    "time:2018-05-10T12:00 13:00",
    '"“quoted”"',
    '"app" is there',
    "status and has been",
    "time:2018 or is",
    'app:"null" or "z"',
    "path:/v2/me/ or path:/a[0]/b resource:a;b",
    'user_agent:"«x»" or O\u00adBrien',
    "actor:a-b+c@example.com",
    "ip:10.1.* or ip:cloudtrail.amazonaws.com",
    "app:{id} fields:from{name,picture}",
    "operation:GET* method:GET /v2",
    "tag:what? note:a,b",
  ])("%s", (filter) => {
    expect(() => parse(filter)).not.toThrow();
  });
});

const FIELD = fc.constantFrom("app", "api", "developer", "status", "path", "fields", "time");
const VALUES: Record<string, string> = { status: "404", time: "2018-05-10" };
const termOf = (field: string) => `${field}:${VALUES[field] ?? "x1"}`;

/** One operator of a filter as another language writes it: the text before, and its own. */
const replaced = fc
  .tuple(FIELD, FIELD)
  .chain(([one, other]) =>
    fc.constantFrom(
      ...["!=", "==", "=", "~", "!~", "=~", " != ", " == ", " = ", " ~ "].map((op) => termOf(one).replace(":", op)),
      ...["&&", " && ", "||", " || ", "|", " | "].map((op) => `${termOf(one)}${op}${termOf(other)}`),
      `!${termOf(one)}`,
      `!(${termOf(one)} or ${termOf(other)})`,
      `${one} in (${VALUES[one] ?? "x1"})`,
      `${one}:(${VALUES[one] ?? "x1"},${VALUES[one] ?? "x2"})`,
      `${one}:“${VALUES[one] ?? "x1"}”`,
      `${one}:'${VALUES[one] ?? "x1"}'`,
      "'a text'",
      "time:2018-05-10 12:30",
      "fields:name,picture",
    ),
  );

test("a filter with one operator of another language is refused, with a place inside it", () => {
  const term = fc.oneof(FIELD.map(termOf), fc.constantFrom("word", '"a text"', "(app:1 or api:x)", "-tag:done"));
  const before = fc.array(term, { maxLength: 3 }).map((terms) => terms.map((one) => `${one} `).join(""));
  const joined = fc.constantFrom("", "and ", "or ", "not ", "-", "(");
  fc.assert(
    fc.property(before, joined, replaced, before, (left, join, foreign, right) => {
      const lead = left === "" && /^(?:and|or)/.test(join) ? "" : join;
      const text = `${left}${lead}${foreign}${lead === "(" ? ")" : ""} ${right}`;
      const { code, position, what } = refusalOf(text);
      expect(code).toBe("filter-wrong");
      expect(what.startsWith(`at ${position}: `)).toBe(true);
      expect(position).toBeGreaterThan((left + lead).length);
      expect(position).toBeLessThanOrEqual((left + lead + foreign).length);
    }),
    { numRuns: 2000 },
  );
});

test("in quotes it is text", () => {
  fc.assert(
    fc.property(replaced, (foreign) => {
      expect(parse(quote(foreign))).toMatchObject({ kind: "text", segments: [foreign] });
    }),
  );
});
