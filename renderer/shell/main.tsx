import "./markup-policy.ts";
import "./no-eval.ts";
import "../theme/fonts.css";
import "../theme/library.css";
import "../theme/tokens.css";
import "../theme/base.css";
import "../theme/blueprint.css";
import "../theme/frame.css";
import { createRoot } from "react-dom/client";
import { desktop, on } from "../session/client.ts";
import { refusalOf } from "../session/refusal.ts";
import { createSession, SessionProvider } from "../session/session.tsx";
import { startOf, withApp } from "../session/state.ts";
import { keepHistory, storedHistory } from "../session/stored-history.ts";
import { Frame } from "./frame.tsx";

const session = createSession(startOf(await desktop("state", {}), storedHistory));
const { store } = session;

const readPolicy = () => {
  if (store.get().info) session.refresh().catch((error: unknown) => session.say("", { error: refusalOf(error) }));
};

on("state", (app) => {
  const before = store.get().info?.custody_head;
  store.update((state) => withApp(state, app, storedHistory));
  if (app.case?.custody_head !== before) readPolicy();
});
on("menu", ({ command }) => {
  const handler = session.commands.find(command);
  if (handler && !session.commands.run(command)) session.say(`${handler.why ?? "Not possible here"}.`);
});

// before anything is drawn in it: charts read the colours as they draw
const paint = () => {
  const theme = store.get().dark ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
  // dialogs and menus are drawn in the body, beside the frame
  document.body.classList.toggle("bp6-dark", theme === "dark");
};
paint();
store.subscribe(paint);

// at once: a window that is closed the moment after has no later
let kept = store.get().history;
store.subscribe(() => {
  const { info, history } = store.get();
  if (history === kept) return;
  kept = history;
  if (info) keepHistory(info.case, history);
});

readPolicy();

createRoot(document.getElementById("root") as HTMLElement).render(
  <SessionProvider session={session}>
    <Frame />
  </SessionProvider>,
);
