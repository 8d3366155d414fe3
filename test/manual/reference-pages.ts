import { commandsReference } from "../../main/cli/help.ts";
import { ERRORS } from "../../shared/base/errors.ts";

/** `resources/help/commands.md` and `errors.md`, made from the program's own tables. */
export const commandsPage = (): string => `# Commands

\`npx exhibit COMMAND …\` in the project's folder, \`exhibit COMMAND …\` in the packaged app. FILTER is always the argument
after CASE, also when it begins with \`-\`; an empty one (\`''\`) means every event.

Every command takes \`--json\`: one JSON document on stdout and nothing else. Those that write take \`--as "Name <mail>"\`,
by default the case's examiner. Progress goes to stderr. Exit codes: 0 done and all well; 1 done, and the answer is no; 2 could
not, with one line \`exhibit: what happened: what to do\`.

${commandsReference()}`;

export const errorsPage = (): string => `# Errors

Each refusal is one sentence: what happened, where, and what to do. Behind it stands one of these codes; in JSON between window
and engine it is \`code\`.

| code | exit | meaning |
| --- | --- | --- |
${Object.entries(ERRORS)
  .map(([code, { exit, meaning }]) => `| \`${code}\` | ${exit} | ${meaning} |`)
  .join("\n")}
`;
