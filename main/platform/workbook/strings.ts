import { xmlTokens } from "./xml.ts";

/** Texts that cells share. A text in pieces is one; how it is read aloud (`rPh`) is none of it. */
export class SharedStrings {
  readonly texts: string[] = [];

  /** A piece of the part that holds whole texts. */
  read(xml: string): void {
    let inside = 0;
    let spoken = false;
    for (const token of xmlTokens(xml)) {
      if (token.kind === "open") {
        if (token.name === "si") this.texts.push("");
        else if (token.name === "rPh") spoken = true;
        else if (token.name === "t") inside += 1;
      } else if (token.kind === "close") {
        if (token.name === "rPh") spoken = false;
        else if (token.name === "t") inside -= 1;
      } else if (inside > 0 && !spoken) this.texts[this.texts.length - 1] += token.text;
    }
  }
}
