// The table of forgeries, each of them of the bundle with its originals too.
process.env.EXHIBIT_EVERY_KIND = "yes";
for (const check of ["dates", "pages", "structure", "custody", "selection", "counts", "recompute"])
  await import(`./forgeries/${check}.test.ts`);
