import { parseArgs as parse } from "node:util";
import { Refusal } from "../../../shared/base/errors.ts";
import { nearest } from "../../../shared/base/nearest.ts";
import type { Output } from "./output.ts";

/** An option: a switch, or with the name of its value. */
export interface Option {
  readonly value?: string;
  readonly meaning: string;
  /** Takes one value or more, and may be given again. */
  readonly isMany?: true;
}

/** One command: a row of the table that the help and the reference are made from. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Names of the arguments in order; a last one ending in `…` takes one or more. `[X]` may be left out. */
  readonly takes: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  run(args: Args, out: Output): Promise<number>;
}

export const COMMON: Readonly<Record<string, Option>> = {
  json: { meaning: "print one JSON document on stdout and nothing else" },
  help: { meaning: "say what the command takes" },
};

export const AS: Readonly<Record<string, Option>> = {
  as: { value: '"Name <mail>"', meaning: "who acts; without it the case's examiner" },
};

type Given = string | true | readonly string[];

export class Args {
  readonly #positional: readonly string[];
  readonly #options: ReadonlyMap<string, Given>;

  constructor(positional: readonly string[], options: ReadonlyMap<string, Given>) {
    this.#positional = positional;
    this.#options = options;
  }

  at(index: number): string {
    return this.#positional[index] as string;
  }

  get(index: number): string | undefined {
    return this.#positional[index];
  }

  from(index: number): readonly string[] {
    return this.#positional.slice(index);
  }

  has(name: string): boolean {
    return this.#options.has(name);
  }

  value(name: string): string | undefined {
    const value = this.#options.get(name);
    return typeof value === "string" ? value : undefined;
  }

  /** Of an option that takes many; undefined: it was not given. */
  values(name: string): readonly string[] | undefined {
    const values = this.#options.get(name);
    return typeof values === "object" ? values : undefined;
  }

  /** A whole number of at least `least`. @throws Refusal `usage` */
  whole(name: string, least: number): number | undefined {
    const text = this.value(name);
    if (text === undefined) return undefined;
    if (!/^\d{1,15}$/u.test(text) || Number(text) < least)
      throw new Refusal("usage", `--${name} is not a whole number of ${least} or more: "${text}"`, "correct it");
    return Number(text);
  }

  list(name: string): string[] | undefined {
    return this.value(name)
      ?.split(",")
      .map((each) => each.trim());
  }

  get by(): { by?: string } {
    const by = this.value("as");
    if (by === undefined) return {};
    if (by.trim() === "") throw new Refusal("examiner-missing", "--as is empty", 'give --as "Name <mail>"');
    return { by };
  }
}

export const usageOf = (command: Command): string => {
  const options = Object.entries(command.options).map(([name, option]) =>
    option.value ? `[--${name} ${option.value}]` : `[--${name}]`,
  );
  return ["exhibit", command.name, ...command.takes, ...options].join(" ");
};

/**
 * Splits a command's arguments. The argument after CASE is FILTER also when it begins with `-`.
 * @throws Refusal `usage`
 */
export function parseArgs(command: Command, argv: readonly string[]): Args {
  const known: Readonly<Record<string, Option>> = { ...command.options, ...COMMON };
  const needed = command.takes.filter((name) => !name.startsWith("["));
  const positional: string[] = [];
  const options = new Map<string, Given>();
  /** The option before, which takes every word that no argument needs. */
  let many: string | undefined;
  for (const token of tokensOf(command, known, argv)) {
    if (token.kind === "positional") {
      const word = argv[token.index] as string;
      if (many !== undefined && positional.length >= needed.length)
        options.set(many, [...((options.get(many) ?? []) as readonly string[]), word]);
      else positional.push(word);
    } else if (token.kind === "option") {
      const value = token.inlineValue === false ? argv[token.index + 1] : token.value;
      takeOption(command, known, options, argv[token.index] as string, value);
      many = known[token.name]?.isMany ? token.name : undefined;
    }
  }
  if (options.has("help")) return new Args(positional, options);
  const takesMany = command.takes.at(-1)?.includes("…");
  if (positional.length < needed.length) {
    throw new Refusal(
      "usage",
      `\`exhibit ${command.name}\` needs ${needed[positional.length]?.replace("…", "")}`,
      usageOf(command),
    );
  }
  if (positional.length > command.takes.length && !takesMany) {
    throw new Refusal(
      "usage",
      `\`exhibit ${command.name}\` does not take "${positional[command.takes.length]}"`,
      usageOf(command),
    );
  }
  return new Args(positional, options);
}

/** What each argument is. Nothing is refused yet: the sentences about it are the command's own. */
function tokensOf(command: Command, known: Readonly<Record<string, Option>>, argv: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { value }]) => [
      name,
      { type: value === undefined ? "boolean" : "string" } as const,
    ]),
  );
  // Short options there are none of. As long ones they are one token each, and refused as they were written.
  const split = (args: readonly string[]) =>
    parse({
      args: args.map((word) => (/^-[^-]/u.test(word) ? `-${word}` : word)),
      options,
      strict: false,
      allowPositionals: true,
      tokens: true,
    }).tokens;
  const tokens = split(argv);
  const filter = command.takes.indexOf("FILTER");
  const before = tokens.filter(({ kind }) => kind === "positional")[filter - 1]?.index;
  if (before === undefined || before + 1 === argv.length) return tokens;
  // A word that is no option stands in for the filter.
  return split(argv.with(before + 1, "FILTER"));
}

function takeOption(
  command: Command,
  known: Readonly<Record<string, Option>>,
  options: Map<string, Given>,
  word: string,
  value: string | undefined,
): void {
  const [given = ""] = word.split("=");
  const name = given.replace(/^--?/u, "");
  const option = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!option || !word.startsWith("--")) {
    const near = nearest(name, Object.keys(known));
    throw new Refusal(
      "usage",
      `\`exhibit ${command.name}\` has no option ${given}`,
      near ? `did you mean --${near}? ${usageOf(command)}` : usageOf(command),
    );
  }
  if (options.has(name) && !option.isMany) throw new Refusal("usage", `--${name} is given twice`, "give it once");
  if (option.value === undefined) {
    if (value !== undefined) throw new Refusal("usage", `--${name} takes no value`, usageOf(command));
    options.set(name, true);
    return;
  }
  if (value === undefined) throw new Refusal("usage", `--${name} needs ${option.value}`, usageOf(command));
  options.set(name, option.isMany ? [...((options.get(name) ?? []) as readonly string[]), value] : value);
}
