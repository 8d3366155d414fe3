declare module "bcrypt-pbkdf" {
  /** OpenBSD's bcrypt_pbkdf: fills `key`; returns -1 on parameters it cannot use. */
  export function pbkdf(
    pass: Uint8Array,
    passLength: number,
    salt: Uint8Array,
    saltLength: number,
    key: Uint8Array,
    keyLength: number,
    rounds: number,
  ): number;
}
