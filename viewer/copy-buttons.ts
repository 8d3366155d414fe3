/** Each copies the command beside it. A page on a disk may not have the clipboard: then the command is selected, to be copied. */
export function copyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button.copy")) {
    button.addEventListener("click", async () => {
      const code = button.parentElement?.querySelector("code");
      if (!code) return;
      getSelection()?.selectAllChildren(code);
      try {
        await navigator.clipboard.writeText(code.textContent ?? "");
        button.textContent = "Copied";
      } catch {
        button.textContent = "Selected: copy it";
      }
    });
  }
}
