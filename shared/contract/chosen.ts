import { z } from "zod";

/**
 * A file or folder as the page knows it: a token, a blank, and the path for the person to read. Only what a person chose has one, in a
 * dialog, by dropping it, or in the list of recent cases, and only for what it was chosen for. The main process looks the whole up in what
 * it gave away: a page taken over by text of a log can name no other file, folder or host. The command line gives plain paths.
 */
export type Chosen = string & { readonly [CHOSEN]: true };
declare const CHOSEN: unique symbol;

/** What something was chosen for. `save`: to be written once; `made`: it was written. */
export const PURPOSES = [
  "logs",
  "mapping",
  "registry",
  "policy",
  "claims",
  "remedy",
  "clocks",
  "people",
  "attachment",
  "key",
  "public-key",
  "bundle",
  "review",
  "case",
  "save",
  "made",
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The path of what was chosen, to be shown. */
export const pathOf = (chosen: Chosen): string => chosen.slice(chosen.indexOf(" ") + 1);

/** A path to whoever works on it, a `Chosen` to the page. The optional mark lets plain text in, and the types below tell it from text. */
type Path = string & { readonly [PATH]?: true };
declare const PATH: unique symbol;

const purposes = z.registry<{ readonly purposes: readonly Purpose[] }>();

/** A file or folder in a request: what a page gives for it must have been chosen for one of these purposes. */
export const file = (...chosenFor: readonly Purpose[]) =>
  (z.string().min(1).max(32_768) as z.ZodType<Path, Path>).register(purposes, { purposes: chosenFor });

/** What a schema's files must have been chosen for; undefined: it is no file. */
export const purposesOf = (schema: z.core.$ZodType): readonly Purpose[] | undefined => purposes.get(schema)?.purposes;

/** A request's input as the page writes it: with what was chosen in place of paths. */
export type FromPage<Input> = Input extends string
  ? typeof PATH extends keyof Input
    ? Chosen
    : Input
  : Input extends readonly (infer Item)[]
    ? readonly Item[] extends Input
      ? readonly FromPage<Item>[]
      : FromPage<Item>[]
    : Input extends object
      ? { [Key in keyof Input]: FromPage<Input[Key]> }
      : Input;
