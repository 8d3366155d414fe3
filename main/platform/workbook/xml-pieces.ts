/** Characters of XML without the end of an element that is waited for. The fullest row of a sheet has fewer. */
const MAX_PIECE_LENGTH = 64 << 20;

/**
 * XML that comes in pieces, cut behind each end of an element, so that each piece holds such elements whole: the rows of a
 * sheet, the texts that cells share. Ends with the end of the element around them; the rest is read, and passed on no more.
 */
export async function* xmlPieces(
  chunks: AsyncIterable<Buffer>,
  { element, around }: { readonly element: string; readonly around: string },
): AsyncGenerator<string> {
  const prefix = "(?:[^\\s<>:/]+:)?";
  const ends = new RegExp(`</${prefix}(?:${element}|(${around}))\\s*>`, "gu");
  const begun = new RegExp(`<${prefix}${around}(?:\\s(?:[^<>/]|/(?!>))*)?>`, "u");
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let pending = "";
  let isBegun = false;
  let isOver = false;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    if (isOver) continue;
    // An end that the border between two chunks cuts is found with the next.
    const known = Math.max(0, pending.length - MAX_END_LENGTH);
    pending += decoder.decode(chunk, { stream: true });
    let cut = 0;
    ends.lastIndex = known;
    for (let match = ends.exec(pending); match && !isOver; match = ends.exec(pending)) {
      cut = match.index + match[0].length;
      isOver = match[1] !== undefined;
    }
    if (cut > 0) {
      isBegun = true;
      yield pending.slice(0, cut);
    }
    pending = isOver ? "" : pending.slice(cut);
    if (pending.length > MAX_PIECE_LENGTH) throw new Error(`its XML has no end of ${element} for too long`);
  }
  if (isOver) return;
  const rest = pending + (decoder?.decode() ?? "");
  if (isBegun || begun.test(rest)) throw new Error("its XML breaks off");
  yield rest;
}

/** Of a tag that ends an element: a prefix is a few letters. */
const MAX_END_LENGTH = 256;

/** XML is UTF-8, or says by its mark that it is UTF-16 (XML 1.0, 4.3.3). */
const encodingOf = (head: Buffer): string =>
  head[0] === 0xff && head[1] === 0xfe ? "utf-16le" : head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : "utf-8";
