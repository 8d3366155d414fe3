import { ERRORS, Refusal } from "../../shared/base/errors.ts";
import { nearest } from "../../shared/base/nearest.ts";
import { refusalOf } from "../platform/system-errors.ts";
import { VERSION } from "../platform/version.ts";
import { COMMANDS } from "./commands/index.ts";
import { commandData, commandHelp, overview } from "./help.ts";
import { type Command, parseArgs } from "./kit/command.ts";
import { Output } from "./kit/output.ts";

/** Runs one command line. Returns the exit code: 0 done and well, 1 done and the answer is no, 2 could not be done. */
export async function run(argv: readonly string[]): Promise<number> {
  const out = new Output(argv.includes("--json"));
  try {
    const [word, about] = argv.filter((each) => each !== "--json");
    if (word === undefined || word === "help" || word === "--help" || word === "-h") {
      showHelp(about === undefined ? undefined : commandNamed(about), out);
      return 0;
    }
    if (word === "--version") {
      if (out.isJson) out.json({ version: VERSION });
      else out.line(VERSION);
      return 0;
    }
    // It may stand before the command too.
    const [name, ...rest] = (argv[0] === "--json" ? [word, argv[0], ...argv.slice(2)] : argv) as [string, ...string[]];
    const command = commandNamed(name);
    const args = parseArgs(command, rest);
    if (args.has("help")) {
      showHelp(command, out);
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

function showHelp(command: Command | undefined, out: Output): void {
  if (out.isJson) out.json({ commands: (command ? [command] : COMMANDS).map(commandData) });
  else out.raw(command ? commandHelp(command) : overview());
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
