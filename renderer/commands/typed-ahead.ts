/** Milliseconds within which a dialog that was asked for is there; then letters are the screen's again. */
const DIALOG_WAIT_MS = 3000;

/**
 * Letters and Enter typed between a key that opens a dialog and the focus of its field are the field's: nothing behind may
 * act on them, and a quick hand need not wait.
 */
export class TypedAhead {
  #letters: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  begin(): void {
    this.end();
    this.#letters = "";
    this.#timer = setTimeout(() => this.end(), DIALOG_WAIT_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#letters = undefined;
  }

  /** Keeps a letter, Enter as a line feed; false where no dialog is awaited. */
  take(letter: string): boolean {
    if (this.#letters === undefined) return false;
    this.#letters += letter;
    return true;
  }

  /** The field has the focus. */
  give(field: Element): void {
    const letters = this.#letters ?? "";
    this.end();
    const isLong = field instanceof HTMLTextAreaElement;
    const enter = isLong ? -1 : letters.indexOf("\n");
    const text = enter < 0 ? letters : letters.slice(0, enter);
    // the one way in which a field hears of it as of typing, undo included
    if (text) document.execCommand("insertText", false, text);
    // a frame later what follows from the letters is there, such as the commands of that name
    if (enter >= 0) requestAnimationFrame(() => pressEnter(field));
  }
}

function pressEnter(field: Element): void {
  const about = { key: "Enter", code: "Enter", bubbles: true, cancelable: true };
  const isLeft = field.dispatchEvent(new KeyboardEvent("keydown", about));
  field.dispatchEvent(new KeyboardEvent("keyup", about));
  if (isLeft && field instanceof HTMLInputElement) field.form?.requestSubmit();
}
