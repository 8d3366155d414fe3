import { DATA_FUNCTION, type Loaded } from "../../shared/viewer/data.ts";
import { base64Of, type WrittenBytes } from "./base64.ts";

/** Files of `viewer/` that a place of the catalog can name: nothing else is ever loaded. */
const NAME = /^(?:catalog|(?:core|people|request|client|place|lines)-\d+)$/u;

interface Waiting {
  readonly take: (text: string, bytes: readonly WrittenBytes[]) => void;
}

const waiting = new Map<string, Waiting>();
(globalThis as unknown as Record<string, unknown>)[DATA_FUNCTION] = (
  name: string,
  text: string,
  ...bytes: readonly WrittenBytes[]
) => waiting.get(name)?.take(text, bytes);

/** A browser that knows trusted types loads scripts by this policy alone (see the page's Content-Security-Policy). */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (text: string) => string },
  ): { createScriptURL(text: string): string };
}
const scriptUrl = (name: string): string => {
  if (!NAME.test(name)) throw new Error(`${name} is no file of this page`);
  return `viewer/${name}.js`;
};
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("exhibit-data", {
  createScriptURL: scriptUrl,
});

/** Reads a file of the page's data by its name. */
export type Load = <Value>(name: string) => Promise<Loaded<Value>>;

const loading = new Map<string, Promise<Loaded<unknown>>>();

/** A page on a disk may read nothing from there but scripts; so its data are scripts. Who asks for one that is on its way gets it too. */
export function load<Value>(name: string): Promise<Loaded<Value>> {
  let asked = loading.get(name);
  if (!asked) {
    asked = loadScript(name).finally(() => loading.delete(name));
    loading.set(name, asked);
  }
  return asked as Promise<Loaded<Value>>;
}

function loadScript(name: string): Promise<Loaded<unknown>> {
  return new Promise((done, fail) => {
    const script = document.createElement("script");
    const end = () => {
      waiting.delete(name);
      script.remove();
    };
    waiting.set(name, {
      take: (text, bytes) => {
        end();
        try {
          done({ value: JSON.parse(text) as unknown, bytes: bytes.map(base64Of) });
        } catch {
          fail(new Error(`viewer/${name}.js cannot be read`));
        }
      },
    });
    const missing = () => {
      if (!waiting.has(name)) return;
      end();
      fail(new Error(`viewer/${name}.js is not beside this page: open the whole bundle, unpacked`));
    };
    script.addEventListener("error", missing);
    script.addEventListener("load", missing);
    script.src = policy ? policy.createScriptURL(name) : scriptUrl(name);
    document.head.append(script);
  });
}
