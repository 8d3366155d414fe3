/**
 * seal.js of bundles of the first version: manifest, tag manifest and signature as a script, which no manifest lists because
 * it holds the tag manifest. `verify` makes it again and compares. Later bundles have no script outside their manifests.
 */
export function sealScript(manifest: string, tagManifest: string, signature: string | null): string {
  return `window.EXHIBIT_SEAL = ${scriptJson({ manifest, tagmanifest: tagManifest, signature })};\n`;
}

/** Whether a seal.js holds this text, whatever else is wrong with it. */
export const sealHolds = (seal: string, text: string): boolean => seal.includes(scriptJson(text));

/** JSON that is also safe inside a script: no `</script>`, no `<!--`, no line ends JavaScript once stumbled over. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
