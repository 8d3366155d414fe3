export interface Question {
  title: string;
  message: string;
  /** A text to edit, and whether a button shall offer the browser's own file picker to fill it. */
  field?: { value: string; lines: number; pick: boolean };
  buttons: string[];
  defaultId: number;
  cancelId: number;
}

export interface Answer {
  button: number;
  text: string;
}

/**
 * Puts a modal question over the page. Runs as text in the isolated world, where `pathOf` says where a picked file lies.
 * Only text and style properties are set, so that no content policy is in the way and no markup can come in.
 */
export function askInPage(question: Question, pathOf: (file: File) => string): Promise<Answer> {
  const make = <K extends keyof HTMLElementTagNameMap>(tag: K, text: string, style: string) => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.style.cssText = style;
    return element;
  };
  const dialog = make("dialog", "", "font: 14px system-ui; padding: 16px; width: 480px; color-scheme: light dark");
  dialog.append(make("strong", question.title, ""), make("p", question.message, "white-space: pre-wrap"));
  const field = make("textarea", "", "width: 100%; box-sizing: border-box");
  if (question.field) {
    field.value = question.field.value;
    field.rows = question.field.lines;
    field.setAttribute("aria-label", question.title);
    dialog.append(field);
  }
  if (question.field?.pick) {
    const picker = make("input", "", "display: block; margin: 8px 0");
    picker.type = "file";
    picker.multiple = question.field.lines > 1;
    picker.setAttribute("aria-label", "Browse");
    picker.addEventListener("change", () => {
      field.value = [...(picker.files ?? [])].map(pathOf).join("\n");
    });
    dialog.append(picker);
  }
  const row = make("div", "", "display: flex; gap: 8px; justify-content: end; margin-top: 12px");
  dialog.append(row);
  return new Promise((resolve) => {
    const finish = (button: number) => {
      dialog.remove();
      resolve({ button, text: field.value });
    };
    question.buttons.forEach((label, i) => {
      const button = make("button", label, "padding: 4px 12px");
      button.type = "button";
      button.autofocus = i === question.defaultId && !question.field;
      button.addEventListener("click", () => finish(i));
      row.append(button);
    });
    dialog.addEventListener("cancel", () => finish(question.cancelId));
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation(); // the page's own shortcuts do not hear it
      if (event.key !== "Enter" || event.shiftKey || event.target instanceof HTMLButtonElement) return;
      event.preventDefault();
      finish(question.defaultId);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
