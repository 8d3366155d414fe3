#!/usr/bin/env bash
# @blueprintjs/core 6.20.0: a Button is clicked by Enter or Space coming up on it, though the key went down elsewhere. A native
# button is not: Enter clicks it going down, and Space only where it went down on it too. So a key that closes a dialog, and comes
# up when the focus is back on the button that opened it, opens the dialog again.
# Seen: keyup of Enter alone, no keydown before: one click of Blueprint's Button, none of a native one.
# In the product: renderer/commands/released-keys.ts keeps such a keyup from everything.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null
npm install --silent --ignore-scripts @blueprintjs/core@6.20.0 react@18.3.1 react-dom@18.3.1 jsdom@26.1.0
cat > look.cjs <<'JS'
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("<!doctype html><body></body>");
Object.assign(globalThis, { window, document: window.document, HTMLElement: window.HTMLElement, navigator: window.navigator, IS_REACT_ACT_ENVIRONMENT: true });
const React = require("react");
const { createRoot } = require("react-dom/client");
const { act } = require("react-dom/test-utils");
const { Button } = require("@blueprintjs/core");
const clicks = { blueprint: 0, native: 0 };
act(() =>
  createRoot(document.body.appendChild(document.createElement("div"))).render(
    React.createElement(
      "div",
      null,
      React.createElement(Button, { id: "blueprint", text: "a", onClick: () => clicks.blueprint++ }),
      React.createElement("button", { id: "native", type: "button", onClick: () => clicks.native++ }, "b"),
    ),
  ),
);
for (const id of ["blueprint", "native"])
  act(() => void document.getElementById(id).dispatchEvent(new window.KeyboardEvent("keyup", { key: "Enter", bubbles: true })));
console.log("clicks by a keyup alone:", JSON.stringify(clicks));
JS
got=$(node look.cjs 2>/dev/null)
echo "$got"
[ "$got" = 'clicks by a keyup alone: {"blueprint":1,"native":0}' ] || { echo "this has changed"; exit 1; }
