import * as z from "zod";
import { MAPPED_FIELDS } from "../../../shared/model/event.ts";
import { IN_RECORD } from "./paths.ts";

const name = z.string().min(1);
const constant = z.union([z.string(), z.number(), z.boolean()]);
const fieldSource = z.union([
  name,
  z.strictObject({
    from: z.union([name, z.array(name).min(1)]).optional(),
    match: z.string().optional(),
    split: z.string().min(1).optional(),
    parse: z.string().min(1).optional(),
    value: constant.optional(),
  }),
]);
/** Places in the record, each with the pattern that its value matches. */
const signature = z.record(name, z.string()).refine((places) => Object.keys(places).length > 0);
/** Every row has its time before rules run, and a request id belongs to one request. */
const tested = MAPPED_FIELDS.filter((field) => field !== "time" && field !== "request_id");
const condition = z
  .string()
  .refine((key) => (tested as string[]).includes(key) || (key.startsWith(IN_RECORD) && key.length > IN_RECORD.length));
const settable = z.enum(tested);

/** The shape of `exhibit/mapping@1`; what the shape alone does not show is in parse-mapping. */
export const MAPPING_DOCUMENT = z.strictObject({
  schema: z.literal("exhibit/mapping@1"),
  name: z.string().optional(),
  format: name,
  delimiter: z.string().optional(),
  quote: z.string().max(1).optional(),
  skip_rows: z.number().int().min(0).optional(),
  later_columns: z.array(name).optional(),
  encoding: z.string().optional(),
  timezone: z.string().optional(),
  fields_are: z.enum(["returned", "requested"]).optional(),
  records: z.union([z.string(), z.tuple([z.string(), name])]).optional(),
  wrapped: z.array(name).min(1).optional(),
  pattern: z.string().optional(),
  must: z.union([signature, z.array(signature).min(1)]).optional(),
  call: z.union([name, z.array(name).min(1)]).optional(),
  no_calls: z.array(z.strictObject({ when: signature, why: z.string().min(1) })).optional(),
  fields: z.partialRecord(z.enum(MAPPED_FIELDS), fieldSource.nullable()).optional(),
  rules: z
    .array(
      z.strictObject({
        when: z.record(condition, z.string()),
        set: z.partialRecord(settable, constant),
      }),
    )
    .optional(),
});

/** `exhibit/mapping@1`, checked. */
export type Mapping = z.infer<typeof MAPPING_DOCUMENT>;
export type FieldSource = z.infer<typeof fieldSource>;
