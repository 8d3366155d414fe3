import fs from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import type { RefusalData } from "../../shared/base/errors.ts";
import { type Chosen, PURPOSES, purposesOf } from "../../shared/contract/chosen.ts";
import { CONTRACT } from "../../shared/contract/contract.ts";
import { DESKTOP } from "../../shared/contract/desktop.ts";
import { exhibit } from "../exhibit.ts";
import type { Launched } from "../host/launch.ts";
import { openDesk } from "./desk.ts";

/** A page that was taken over: its script is the attacker's, and tries everything that the page can say. docs/security.md. */

const desk = openDesk("taken-over");
const secret = desk.place("secret.json");
const target = desk.place("written.csv");
/** Of another case, open in another window. */
const foreign = desk.place("foreign");
let app: Launched;
let other: Page;
const page = () => app.page;

type Said = { reply?: unknown; refused?: RefusalData };
const asked = (name: string, input: unknown, of = page()) =>
  of.evaluate(([name, input]) => window.exhibit.ask("a", name as never, input as never), [
    name,
    input,
  ] as const) as Promise<Said>;
const desktop = (name: string, input: unknown, of = page()) =>
  of.evaluate(([name, input]) => window.exhibit.desktop("d", name as never, input as never), [
    name,
    input,
  ] as const) as Promise<Said>;
/** As large replies go. */
const fetched = (name: string, input: unknown) =>
  page().evaluate(
    async ([name, input]) => {
      const response = await fetch(`ask/${name}?id=f`, { method: "POST", body: JSON.stringify(input) });
      const body: unknown = await response.json();
      return response.headers.has("x-exhibit-refused") ? { refused: body } : { reply: body };
    },
    [name, input] as const,
  ) as Promise<Said>;

const choose = async (kind: string, file: string): Promise<Chosen> => {
  await app.answer("showOpenDialog", { canceled: false, filePaths: [file] });
  const { reply } = await desktop("chooseFiles", { kind });
  return (reply as { files: Chosen[] }).files[0] as Chosen;
};
const save = async (file: string): Promise<Chosen> => {
  await app.answer("showSaveDialog", { canceled: false, filePath: file });
  return ((await desktop("chooseSave", { name: "x" })).reply as { file: Chosen }).file;
};

/** Every input of both tables that names a file: the request, the key, and whether it takes a list. */
const FILES = Object.entries({ ...CONTRACT, ...DESKTOP }).flatMap(([name, { input }]) =>
  Object.entries((input as unknown as { shape: Record<string, z.ZodType> }).shape).flatMap(([key, schema]) => {
    const inner = schema as unknown as { unwrap?(): z.ZodType; element?: z.ZodType };
    const item = schema.type === "optional" ? inner.unwrap?.() : schema.type === "array" ? inner.element : schema;
    return item && purposesOf(item) ? [{ name, key, isList: schema.type === "array" }] : [];
  }),
);

beforeAll(async () => {
  fs.writeFileSync(secret, '{"secret":"not for the page"}\n');
  for (const [title, folder] of [
    ["Own", desk.place("own")],
    ["Foreign", foreign],
  ] as const) {
    exhibit("create", folder, "--title", title, "--examiner", "R. Vale <vale@example.org>");
    const log = desk.place(`${title}.csv`);
    fs.writeFileSync(log, `time,app,api,status\n2019-01-01T00:00:00Z,${title},groups,200\n`);
    expect(exhibit("import", folder, log).code).toBe(0);
  }
  app = await desk.start(desk.place("own"));
  await page().getByRole("banner").getByText("Own").waitFor();
  const opened = app.app.waitForEvent("window");
  await desktop("newWindow", {});
  other = await opened;
  await other.getByRole("main").waitFor();
  await app.answer("showOpenDialog", { canceled: false, filePaths: [foreign] });
  await desktop("openCase", {}, other);
});

describe("a page that was taken over", () => {
  it("names no file by its path, its network name or a token that it made up, in any request", async () => {
    const mark = FILES.map(({ name, key }) => `${name}.${key}`);
    expect(mark).toContain("bundle.key");
    expect(mark.length).toBeGreaterThanOrEqual(18);
    const names = [
      secret,
      target,
      `\\\\127.0.0.1\\share\\x.csv`,
      "//127.0.0.1/share/x.csv",
      "\\\\?\\C:\\Windows\\win.ini",
      `file://${secret}`,
      `${"A".repeat(22)} ${secret}`,
      "",
    ];
    for (const { name, key, isList } of FILES)
      for (const file of names) {
        const input = { [key]: isList ? [file] : file };
        const ways = Object.hasOwn(CONTRACT, name)
          ? [asked(name, input), fetched(name, input)]
          : [desktop(name, input)];
        for (const said of await Promise.all(ways))
          expect(said.refused?.code, `${name} ${key} ${file}: ${JSON.stringify(said)}`).toBe("not-chosen");
      }
    expect(fs.existsSync(target)).toBe(false);
  });

  it("takes what was chosen for one thing for no other", async () => {
    const given = new Map(
      await Promise.all(["mapping", "logs"].map(async (kind) => [kind, await choose(kind, secret)] as const)),
    );
    const key = await choose("key", secret);
    for (const { name, key: field, isList } of FILES) {
      const input = { [field]: isList ? [key] : key };
      const said = await (Object.hasOwn(CONTRACT, name) ? asked(name, input) : desktop(name, input));
      if (["bundle.key", "signingKey.file"].includes(`${name}.${field}`))
        expect(said.refused?.code).not.toBe("not-chosen");
      else expect(said.refused?.code, `${name}.${field}`).toBe("not-chosen");
    }
    expect((await asked("policy", { file: given.get("mapping") })).refused?.code).toBe("not-chosen");
    expect((await asked("claims", { file: given.get("logs") })).refused?.code).toBe("not-chosen");
    expect(PURPOSES.length).toBeGreaterThan(given.size);
  });

  it("uses nothing of another window", async () => {
    await app.answer("showOpenDialog", { canceled: false, filePaths: [secret] });
    const { reply } = await desktop("chooseFiles", { kind: "logs" }, other);
    const [theirs] = (reply as { files: Chosen[] }).files;
    expect((await desktop("beginning", { file: theirs })).refused?.code).toBe("not-chosen");
    expect((await desktop("beginning", { file: theirs }, other)).reply).toMatchObject({ encoding: "utf-8" });
  });

  it("writes what a person said, once, and shows no other folder", async () => {
    const file = await save(target);
    expect((await desktop("showInFolder", { path: file })).refused?.code).toBe("not-chosen");
    const input = { filter: "", file, format: "csv" };
    expect((await asked("export", input)).reply).toMatchObject({ file: target, events: 1 });
    fs.writeFileSync(target, "mine");
    expect((await asked("export", input)).refused?.code).toBe("not-chosen");
    expect((await asked("checkpoint", { file })).refused?.code).toBe("not-chosen");
    expect(fs.readFileSync(target, "utf8")).toBe("mine");
    expect((await desktop("showInFolder", { path: file })).refused).toBeUndefined();
  });

  it("offers a name to a dialog, never a place", async () => {
    await save(desk.place("elsewhere.csv"));
    await desktop("chooseSave", { name: "\\\\127.0.0.1\\share\\..\\x.csv" });
    const offered = (await app.asked()).at(-1) as { defaultPath: string };
    expect(offered.defaultPath).not.toMatch(/[\\/:]/u);
  });

  it("asks for nothing of the app but the built files, and of no other window", async () => {
    const foreignAddress = new URL(await app.url(other)).pathname;
    const answers = await page().evaluate(async (foreignAddress) => {
      const tried: Record<string, string> = {};
      const root = new URL("..", location.href).pathname;
      const post = { method: "POST", body: "{}" };
      for (const [name, init] of [
        ["../../main/index.js"],
        ["%2e%2e/%2e%2e/package.json"],
        ["..%2f..%2fpackage.json"],
        ["..%5c..%5cpackage.json"],
        ["assets/..%2f..%2f..%2fpackage.json"],
        ["/etc/passwd"],
        ["index.html::$DATA"],
        ["index.html", { method: "PUT" }],
        ["ask/info"],
        [`${root}1/ask/info?id=1`, post],
        [`${root}${"A".repeat(22)}/ask/info?id=1`, post],
        [`${foreignAddress}ask/info?id=1`, post],
        [`${foreignAddress}ask/query?id=1`, { method: "POST", body: '{"filter":""}' }],
        [`${foreignAddress}index.html`],
      ] as [string, RequestInit?][])
        tried[name] = await fetch(name, init).then(
          async (response) => `${response.status} ${(await response.text()).slice(0, 80)}`,
          () => "refused",
        );
      return tried;
    }, foreignAddress);
    for (const [name, answer] of Object.entries(answers)) expect(answer, name).toMatch(/^(?:refused|40[45] )/u);
    expect(await fetched("__proto__", {})).toMatchObject({ refused: { code: "usage" } });
    expect(await fetched("toString", {})).toMatchObject({ refused: { code: "usage" } });
    expect((await fetched("info", {})).reply).toMatchObject({ title: "Own" });
  });

  it("finds a policy on every answer", async () => {
    const policies = await page().evaluate(async () => {
      const script = document.querySelector<HTMLScriptElement>("script[src]")?.src ?? "";
      const found: Record<string, string | null> = {};
      for (const [name, init] of [
        ["index.html"],
        [script],
        ["assets/none.js"],
        ["ask/info?id=1", { method: "POST", body: "{}" }],
        ["ask/none?id=1", { method: "POST", body: "{}" }],
      ] as [string, RequestInit?][])
        found[name] = (await fetch(name, init)).headers.get("content-security-policy");
      return found;
    });
    expect(Object.keys(policies)).toHaveLength(5);
    for (const [name, policy] of Object.entries(policies)) expect(policy, name).toContain("default-src 'none'");
    expect(policies["index.html"]).toContain("require-trusted-types-for 'script'");
  });

  it("runs no code from text, and makes markup and scripts of none", async () => {
    const { ran, thrown } = await page().evaluate(async () => {
      const ran: string[] = [];
      const thrown: string[] = [];
      Object.assign(window, { ran });
      // the driver's own script may make code of text, what comes after it may not
      await new Promise((resolve) => globalThis.setTimeout(resolve, 0));
      const all: Record<string, () => unknown> = {
        // biome-ignore lint/security/noGlobalEval: what is tried
        eval: () => globalThis.eval("ran.push('eval')"),
        function: () => new Function("ran.push('function')")(),
        timeout: () => globalThis.setTimeout("ran.push('timeout')" as unknown as () => void, 0),
        html: () => {
          document.body.appendChild(document.createElement("div")).innerHTML = `<img src=x onerror="ran.push('html')">`;
        },
        adjacent: () => document.body.insertAdjacentHTML("beforeend", "<iframe srcdoc='<script>1</script>'></iframe>"),
        parse: () => new DOMParser().parseFromString("<script>1</script>", "text/html"),
        range: () => document.createRange().createContextualFragment("<script>ran.push('range')</script>"),
        write: () => document.write("<script>ran.push('write')</script>"),
        text: () => {
          document.body.appendChild(document.createElement("script")).text = "ran.push('text')";
        },
        address: () => {
          document.body.appendChild(document.createElement("script")).src = "data:text/javascript,ran.push('address')";
        },
        worker: () => new Worker(URL.createObjectURL(new Blob(["1"]))),
        policy: () =>
          (
            window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
          ).trustedTypes.createPolicy("mine", { createScript: (text: string) => text }),
        again: () =>
          (
            window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
          ).trustedTypes.createPolicy("default", { createScript: (text: string) => text }),
      };
      for (const [name, attempt] of Object.entries(all))
        try {
          attempt();
        } catch {
          thrown.push(name);
        }
      const inline = document.createElement("script");
      inline.append(document.createTextNode("ran.push('inline')"));
      const frame = document.createElement("iframe");
      frame.src = "index.html";
      document.body.append(inline, frame);
      await navigator.serviceWorker?.register("assets/none.js").catch(() => thrown.push("service"));
      await new Promise((resolve) => globalThis.setTimeout(resolve, 300));
      return { ran, thrown };
    });
    expect(ran).toEqual([]);
    expect(thrown).toEqual(
      expect.arrayContaining([
        "eval",
        "function",
        "html",
        "adjacent",
        "parse",
        "range",
        "write",
        "text",
        "address",
        "policy",
        "again",
      ]),
    );
  });

  it("goes nowhere, opens nothing and reaches no other machine", async () => {
    const before = await app.url();
    const windows = app.app.windows().length;
    const got = await page().evaluate(async () => {
      const got: string[] = [];
      if (window.open("https://away.test/")) got.push("open");
      if (window.open("index.html")) got.push("open own");
      for (const to of ["https://link.test/", "file:///etc/passwd", "javascript:got.push('link')"]) {
        const link = document.body.appendChild(document.createElement("a"));
        link.href = to;
        link.target = to.startsWith("https") ? "_blank" : "";
        link.click();
      }
      const form = document.body.appendChild(document.createElement("form"));
      form.action = "https://form.test/";
      form.submit();
      const refresh = document.head.appendChild(document.createElement("meta"));
      refresh.httpEquiv = "refresh";
      refresh.content = "0;url=https://refresh.test/";
      for (const to of ["https://fetch.test/", "http://127.0.0.1:1/", "file:///etc/passwd"])
        await fetch(to).then(
          () => got.push(to),
          () => undefined,
        );
      await new Promise<void>((resolve) => {
        const socket = new WebSocket("wss://socket.test/");
        socket.onopen = () => {
          got.push("socket");
          resolve();
        };
        socket.onerror = () => resolve();
      }).catch(() => undefined);
      location.href = "https://location.test/";
      await new Promise((resolve) => setTimeout(resolve, 500));
      return got;
    });
    expect(got).toEqual([]);
    expect(await app.url()).toBe(before);
    expect(app.app.windows()).toHaveLength(windows);
    expect((await app.refused()).filter((each) => each.by === "host")).toEqual([]);
  });

  it("is given no permission", async () => {
    const granted = await page().evaluate(async () => {
      const granted: string[] = [];
      const tried = (name: string, attempt: () => Promise<unknown>) =>
        Promise.race([attempt(), new Promise((_, no) => setTimeout(no, 1000, "late"))]).then(
          (got) => got !== "denied" && granted.push(`${name} ${String(got)}`),
          () => undefined,
        );
      await tried("notifications", () => Notification.requestPermission());
      await tried("media", () => navigator.mediaDevices.getUserMedia({ audio: true }));
      await tried("screen", () => navigator.mediaDevices.getDisplayMedia());
      await tried("clipboard", () => navigator.clipboard.readText());
      await tried("place", () => new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no)));
      await tried("midi", () => navigator.requestMIDIAccess());
      return granted;
    });
    expect(granted).toEqual([]);
  });

  it("has what a person dropped, not what it drops itself", async () => {
    const dropped = await page().evaluate(async () => {
      const heard: unknown[] = [];
      window.exhibit.listen((message) => message.name === "dropped" && heard.push(message.detail));
      const data = new DataTransfer();
      data.items.add(new File(["x"], "secret.json"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
      await new Promise((resolve) => setTimeout(resolve, 300));
      return heard;
    });
    expect(dropped).toEqual([]);
  });

  it("keeps nothing of a case that was closed", async () => {
    const chosen = await choose("logs", secret);
    expect((await desktop("beginning", { file: chosen })).reply).toBeDefined();
    await desktop("closeCase", {});
    expect((await desktop("beginning", { file: chosen })).refused?.code).toBe("not-chosen");
  });
});
