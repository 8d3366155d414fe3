// `node duckdb.js DATABASE STATEMENT [QUESTION]…`: runs a statement in DuckDB on two threads and prints how many seconds it
// took, alone; then each question's rows as JSON. Plain JavaScript: the package is the benchmark's own.
import { DuckDBInstance } from "@duckdb/node-api";

const [database, statement, ...questions] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database, { threads: "2" });
const connection = await instance.connect();
const began = performance.now();
await connection.run(statement);
console.log(JSON.stringify((performance.now() - began) / 1000));
for (const question of questions) {
  const reader = await connection.runAndReadAll(question);
  console.log(JSON.stringify(reader.getRows(), (_, value) => (typeof value === "bigint" ? Number(value) : value)));
}
connection.closeSync();
instance.closeSync();
