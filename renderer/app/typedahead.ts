/** Milliseconds within which a dialog that was asked for is there; then letters are the screen's again. */
const PATIENCE = 1000;

/** Letters typed between a key that opens a dialog and the focus of its field are the field's: nothing behind may act on them. */
export class TypedAhead {
  #letters: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  begin(): void {
    this.end();
    this.#letters = "";
    this.#timer = setTimeout(() => this.end(), PATIENCE);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#letters = undefined;
  }

  /** Keeps a letter; false where no dialog is awaited. */
  take(letter: string): boolean {
    if (this.#letters === undefined) return false;
    this.#letters += letter;
    return true;
  }

  /** The field has the focus. */
  give(): void {
    const letters = this.#letters;
    this.end();
    // the one way in which a field hears of it as of typing, undo included
    if (letters) document.execCommand("insertText", false, letters);
  }
}
