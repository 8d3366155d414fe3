/** As much of WebAssembly as is used: Node has it, but its declarations come with the browser's library alone. */
declare global {
  namespace WebAssembly {
    class Module {
      constructor(bytes: Uint8Array);
    }
    class Instance {
      constructor(module: Module);
      readonly exports: Readonly<Record<string, unknown>>;
    }
    class Memory {
      /** Pages of 64 KiB. */
      constructor(size: { readonly initial: number });
      readonly buffer: ArrayBuffer;
    }
  }
}

export {};
