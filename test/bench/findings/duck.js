// `node duck.js DATABASE`, with JSON on stdin: `make` (statements), `warm` (statements) and `questions` ({ question, make, ask }).
// Without a question it makes the tables. Each question's statements run in their order on two threads, timed together; a line of
// JSON says the seconds and the rows of each statement of `ask`. Plain JavaScript: the package is the benchmark's own.
import { text } from "node:stream/consumers";
import { DuckDBInstance } from "@duckdb/node-api";

const { make = [], warm = [], questions = [] } = JSON.parse(await text(process.stdin));
const instance = await DuckDBInstance.create(process.argv[2], { threads: "2" });
const connection = await instance.connect();
for (const statement of make) await connection.run(statement);
for (const statement of warm) await connection.runAndReadAll(statement);
for (const { question, make: first, ask } of questions) {
  const [began, used] = [performance.now(), process.cpuUsage()];
  for (const statement of first) await connection.run(statement);
  const readers = [];
  for (const statement of ask) readers.push(await connection.runAndReadAll(statement));
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(used);
  const cpu = (user + system) / 1e6;
  const answer = readers.map((reader) => reader.getRows());
  const peak = process.resourceUsage().maxRSS * 1024;
  const plain = (_, value) => (typeof value === "bigint" ? Number(value) : value);
  console.log(JSON.stringify({ question, seconds, cpu, peak, answer }, plain));
}
connection.closeSync();
instance.closeSync();
