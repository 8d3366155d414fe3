/**
 * The one policy by which text becomes markup (`require-trusted-types-for 'script'`, `trusted-types default`): the grid's and the charts'
 * own templates pass it. What a log could have put there does not: no element but the plain ones, no address, no handler, no style. It
 * makes no scripts and no script addresses, so that none can be made. Before any library.
 */
const PLAIN =
  /^(?:[^<]|<\/?(?:div|span|br|p|b|button|input)(?: (?:class|role|id|tabindex|type|aria-[a-z]+|data-[a-z-]+)(?:="[^"<>]*")?)* ?\/?>)*$/u;

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(markup: string): string }): unknown;
}

(window as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("default", {
  createHTML(markup) {
    if (PLAIN.test(markup)) return markup;
    throw new TypeError(`markup that no part of the window makes: ${markup.slice(0, 200)}`);
  },
});
