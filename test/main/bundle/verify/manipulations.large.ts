// The table of forgeries, each of them of the bundle with its originals too.
process.env.EXHIBIT_EVERY_KIND = "yes";
await import("./manipulations.test.ts");
