// Under Electron the window, else the headless tool; each loads only what it needs.
if (process.versions.electron) {
  await import("./desktop/main.ts");
} else {
  const { run } = await import("./cli/run.ts");
  process.exitCode = await run(process.argv.slice(2));
}

export {};
