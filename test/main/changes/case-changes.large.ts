// Every state of the case, and not two of them.
process.env.EXHIBIT_EVERY_KIND = "yes";
await import("./case-changes.test.ts");
