import * as layout from "../bag/bag-layout.ts";
import { printTags, type Tag } from "../bag/tag-file.ts";
import type { PublicKey } from "../signature/ssh-key.ts";
import { verifyText } from "./verify-text.ts";

export interface TagTextOptions {
  /** Case slug and bundle number; the folder's name in the zip. */
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** `Exhibit` and its version. */
  readonly software: string;
  /** More for bag-info.txt, in this order. */
  readonly info?: readonly Tag[];
  /** The page OPEN.html, whole. */
  readonly openPage: string;
  /** Without one the bundle is unsigned. */
  readonly key: PublicKey | undefined;
}

/** The files beside `data` that are no manifest and no signature, by their names. */
export function tagTexts(
  options: TagTextOptions,
  payload: { readonly bytes: number; readonly files: number },
): ReadonlyMap<string, string> {
  const info: Tag[] = [
    [layout.NAME_LABEL, options.name],
    ...(options.info ?? []),
    ["Bagging-Date", options.date],
    ["Bag-Software-Agent", options.software],
    ...(options.key === undefined ? [] : [[layout.SIGNING_KEY, options.key.fingerprint] as const]),
    ["Payload-Oxum", `${payload.bytes}.${payload.files}`],
  ];
  return new Map([
    [layout.BAGIT, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"],
    [layout.BAG_INFO, printTags(info)],
    [layout.OPEN_PAGE, options.openPage],
    [layout.VERIFY_TEXT, verifyText(options.name, options.key)],
  ]);
}
