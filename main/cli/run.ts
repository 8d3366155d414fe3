import { ERRORS, Refusal } from "../../shared/base/errors.ts";
import { nearest } from "../../shared/base/nearest.ts";
import { refusalOf } from "../platform/system-errors.ts";
import { VERSION } from "../platform/version.ts";
import { COMMANDS } from "./commands/index.ts";
import { commandHelp, overview } from "./help.ts";
import { type Command, parseArgs } from "./kit/command.ts";
import { Output } from "./kit/output.ts";

/** Runs one command line. Returns the exit code: 0 done and well, 1 done and the answer is no, 2 could not be done. */
export async function run(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  const out = new Output(argv.includes("--json"));
  try {
    if (name === undefined || name === "help" || name === "--help" || name === "-h") {
      const about = rest[0] === undefined ? undefined : commandNamed(rest[0]);
      out.raw(about ? commandHelp(about) : overview());
      return 0;
    }
    if (name === "--version") {
      out.line(VERSION);
      return 0;
    }
    const command = commandNamed(name);
    const args = parseArgs(command, rest);
    if (args.has("help")) {
      out.raw(commandHelp(command));
      return 0;
    }
    return await command.run(args, new Output(args.has("json")));
  } catch (error) {
    const { code, what, todo } = refusalOf(error, "the case");
    out.refuse(what, todo);
    if (code === "internal" && process.env.EXHIBIT_DEBUG) console.error(error);
    return ERRORS[code].exit;
  }
}

function commandNamed(name: string): Command {
  const command = COMMANDS.find((each) => each.name === name);
  if (command) return command;
  const near = nearest(
    name,
    COMMANDS.map((each) => each.name),
  );
  throw new Refusal(
    "usage",
    `There is no command "${name}"`,
    near ? `did you mean \`exhibit ${near}\`?` : "`exhibit help` lists them",
  );
}
