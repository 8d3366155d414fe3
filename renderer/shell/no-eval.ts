import { config } from "zod";

// Schemas would compile themselves with `new Function`, which the page's policy reports and refuses. Before any schema is used.
config({ jitless: true });
