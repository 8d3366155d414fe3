/** A bundle's files before its payload, in the order they lie in the zip; the signature only if it is signed. */
export const BAGIT = "bagit.txt";
export const BAG_INFO = "bag-info.txt";
export const MANIFEST = "manifest-sha256.txt";
export const TAG_MANIFEST = "tagmanifest-sha256.txt";
export const SIGNATURE = "tagmanifest-sha256.txt.sig";
export const OPEN_PAGE = "OPEN.html";
export const VERIFY_TEXT = "VERIFY.txt";
export const TAG_ORDER = [BAGIT, BAG_INFO, MANIFEST, TAG_MANIFEST, SIGNATURE, OPEN_PAGE, VERIFY_TEXT];
/** Bundles of the first version had the manifests once more as a script, in no manifest itself, as their last tag file. */
export const SEAL = "seal.js";

/** Tag files that the tag manifest lists. The others cannot be listed: the manifest itself, and what is made from it. */
export const TAGS_LISTED = [BAGIT, BAG_INFO, MANIFEST, OPEN_PAGE, VERIFY_TEXT];

/** What makes a bag a bundle of ours: the record of what was selected. */
export const BUNDLE_RECORD = "data/extract/bundle.json";

/** Label in bag-info.txt for the fingerprint of the key a bundle is signed with, so that its signature cannot just be dropped. */
export const SIGNING_KEY = "Exhibit-Signing-Key";
/** Label for the bundle's name, which is also its folder's name in the zip. */
export const NAME_LABEL = "External-Identifier";

export const PAYLOAD_NAME = /^data\/(?:METHOD\.txt|[a-z0-9._-]+(?:\/[a-z0-9._-]+)*)$/;
