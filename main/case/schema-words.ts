import type { z } from "zod";

/**
 * What a value of a user's file must be, in words; given to `safeParse` as `error`. A schema's own sentence goes before it.
 * Undefined where the library's own words must do.
 */
export const inWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && issue.code !== "unrecognized_keys") return "is missing";
  switch (issue.code) {
    case "invalid_type": {
      const word = TYPE_WORDS[issue.expected] ?? issue.expected;
      return `must be ${word}${issue.input === null ? ", and is null: leave the key out where there is none" : ""}`;
    }
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_small":
      if (issue.origin === "string") return "must not be empty";
      if (issue.origin === "array") return `must hold at least ${issue.minimum}`;
      return `must be ${issue.minimum} or more`;
    case "too_big":
      if (issue.origin === "string") return `must be of ${issue.maximum} characters or fewer`;
      if (issue.origin === "array") return `must hold at most ${issue.maximum}`;
      return `must be ${issue.maximum} or less`;
    default:
      return undefined;
  }
};

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};
