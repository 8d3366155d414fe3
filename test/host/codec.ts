/** Values of the structured clone algorithm ⇄ text. Cycles are refused; what two places share arrives twice. */
export interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };
type Tagged = { $?: string; k?: string; v?: Json };

/** Runs in Node and, as text, in the page: must not refer to anything outside itself. */
export function createCodec(): Codec {
  const toBase64 = (u: Uint8Array): string =>
    "toBase64" in u
      ? (u as Uint8Array & { toBase64(): string }).toBase64()
      : Buffer.from(u.buffer, u.byteOffset, u.byteLength).toString("base64");
  const fromBase64 = (s: string): Uint8Array<ArrayBuffer> => {
    if ("fromBase64" in Uint8Array)
      return (Uint8Array as typeof Uint8Array & { fromBase64(s: string): Uint8Array<ArrayBuffer> }).fromBase64(s);
    return Uint8Array.from(Buffer.from(s, "base64")); // a copy, because small Buffers share one pool
  };
  const refuse = (): never => {
    throw new Error("An object could not be cloned.");
  };

  const pack = (value: unknown, path: readonly object[]): Json => {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        if (Number.isFinite(value) && !Object.is(value, -0)) return value;
        return { $: "number", v: Object.is(value, -0) ? "-0" : String(value) };
      case "undefined":
        return { $: "undefined" };
      case "bigint":
        return { $: "bigint", v: String(value) };
      case "function":
      case "symbol":
        return refuse();
    }
    if (value === null) return null;
    const object = value as object;
    if (path.includes(object)) return refuse();
    const inner = [...path, object];
    const kind = Object.prototype.toString.call(object).slice(8, -1);
    if (Array.isArray(object)) return object.map((v) => pack(v, inner));
    if (ArrayBuffer.isView(object)) {
      const bytes = new Uint8Array(object.buffer, object.byteOffset, object.byteLength);
      return { $: "view", k: kind, v: toBase64(bytes) };
    }
    switch (kind) {
      case "ArrayBuffer":
        return { $: "buffer", v: toBase64(new Uint8Array(object as ArrayBuffer)) };
      case "Date":
        return { $: "date", v: Number(object) };
      case "Map":
        return { $: "map", v: [...(object as Map<unknown, unknown>)].map((e) => pack(e, inner)) };
      case "Set":
        return { $: "set", v: [...(object as Set<unknown>)].map((e) => pack(e, inner)) };
      case "Error":
        return { $: "error", k: (object as Error).name, v: (object as Error).message };
      case "Promise":
      case "WeakMap":
      case "WeakSet":
        return refuse();
    }
    const fields = Object.fromEntries(Object.entries(object).map(([k, v]) => [k, pack(v, inner)]));
    return "$" in fields ? { $: "object", v: fields } : fields;
  };

  const unpackFields = (v: object) => Object.fromEntries(Object.entries(v).map(([k, x]) => [k, unpack(x as Json)]));
  const unpack = (json: Json): unknown => {
    if (json === null || typeof json !== "object") return json;
    if (Array.isArray(json)) return json.map(unpack);
    const { $, k, v } = json as Tagged;
    switch ($) {
      case "undefined":
        return undefined;
      case "number":
        return Number(v);
      case "bigint":
        return BigInt(v as string);
      case "buffer":
        return fromBase64(v as string).buffer;
      case "view": {
        const View = (globalThis as unknown as Record<string, new (b: ArrayBuffer) => object>)[k as string];
        return View ? new View(fromBase64(v as string).buffer) : refuse();
      }
      case "date":
        return new Date(v as number);
      case "map":
        return new Map((v as Json[]).map(unpack) as [unknown, unknown][]);
      case "set":
        return new Set((v as Json[]).map(unpack));
      case "error":
        return Object.assign(new Error(v as string), { name: k });
      case "object":
        return unpackFields(v as object);
      default:
        return unpackFields(json);
    }
  };
  return { encode: (v) => JSON.stringify(pack(v, [])), decode: (s) => unpack(JSON.parse(s) as Json) };
}

export const codec = createCodec();
