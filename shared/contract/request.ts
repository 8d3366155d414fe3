import { z } from "zod";

/** What every request of the engine and of the desktop is made of, and the inputs that many of them share. */

export const text = z.string().max(1_000_000);
export const nothing = z.strictObject({});
/** Who asks for an act; without it the case's examiner. */
export const by = z.string().max(500).optional();
/** The number of a row, a source or an event. */
export const row = z.number().int().min(0);

interface Request<Input extends z.ZodType, Reply> {
  readonly input: Input;
  /** Only a type: nothing is ever stored here. */
  readonly reply?: Reply;
}

export const request = <Reply>() => ({
  of: <Input extends z.ZodType>(input: Input): Request<Input, Reply> => ({ input }),
});
