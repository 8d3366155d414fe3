/** What Electron hands to a listener that may veto: `preventDefault()` and then `defaultPrevented`. */
export interface Vetoable {
  defaultPrevented: boolean;
  preventDefault(): void;
}

/** A fresh vetoable event carrying `fields`. */
export function vetoable<F extends object>(fields: F): Vetoable & F {
  return {
    ...fields,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}
