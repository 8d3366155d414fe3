import { COMMANDS } from "./commands/index.ts";
import { AS, COMMON, type Command, usageOf } from "./kit/command.ts";

/** `exhibit help` */
export function overview(): string {
  const wide = Math.max(...COMMANDS.map((command) => command.name.length));
  const lines = COMMANDS.map((command) => `  ${command.name.padEnd(wide)}  ${command.summary}`);
  return `Exhibit: answers from API access logs, handed over as evidence.\n\n${lines.join("\n")}\n\n\`exhibit help COMMAND\` says what one takes. Exit codes: 0 done and well, 1 done and the answer is no, 2 could not.\n`;
}

/** `exhibit help COMMAND` */
export function commandHelp(command: Command): string {
  const options = Object.entries({ ...command.options, ...COMMON });
  const heads = options.map(([name, option]) => (option.value ? `--${name} ${option.value}` : `--${name}`));
  const wide = Math.max(...heads.map((head) => head.length));
  const lines = options.map(([, option], index) => `  ${(heads[index] as string).padEnd(wide)}  ${option.meaning}`);
  return `${usageOf(command)}\n\n${command.summary}\n\n${lines.join("\n")}\n`;
}

/** The same for programs. */
export const commandData = ({ name, summary, takes, options }: Command) => ({
  ...{ name, summary, takes },
  options: Object.entries({ ...options, ...COMMON }).map(([option, { value, meaning }]) => ({
    ...{ option: `--${option}`, ...(value === undefined ? {} : { value }), meaning },
  })),
});

/** The command reference of the manual, as Markdown. */
export function commandsReference(): string {
  const one = (command: Command) => {
    const options = Object.entries(command.options).filter(([name]) => !(name in AS));
    const rows = options.map(
      ([name, option]) => `| \`--${name}${option.value ? ` ${option.value}` : ""}\` | ${option.meaning} |`,
    );
    const writes = "as" in command.options ? " Takes `--as`." : "";
    const table = rows.length > 0 ? `\n| option | meaning |\n| --- | --- |\n${rows.join("\n")}\n` : "";
    return `### ${command.name}\n\n\`exhibit ${[command.name, ...command.takes].join(" ")}\`\n\n${command.summary}.${writes}\n${table}`;
  };
  return COMMANDS.map(one).join("\n");
}
