const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const UUID_LENGTH = 36;
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/**
 * What two spellings of one id have in common. UUIDs (RFC 9562, section 4) and e-mail addresses are one whatever their case;
 * of every other id each character counts.
 */
export const idKey = (id: string): string =>
  (id.length === UUID_LENGTH && UUID.test(id)) || (id.includes("@") && MAIL.test(id)) ? id.toLowerCase() : id;
