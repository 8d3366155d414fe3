import type { PublicKey } from "../signature/ssh-key.ts";

/**
 * VERIFY.txt: how to check a bundle without Exhibit. Plain ASCII, 72 columns but for commands, which stand alone on
 * lines that begin with `    $ ` (a shell on macOS or Linux) or `    > ` (PowerShell on Windows), to be run as they are.
 */
export function verifyText(name: string, key: PublicKey | undefined): string {
  return `HOW TO CHECK THIS BUNDLE: ${name}

This folder can be checked with tools that come with your computer. You
do not need Exhibit, a network or anybody's permission. Nothing below
writes into this folder: it may lie on a disc or a stick that cannot be
written to.

What is checked: manifest-sha256.txt lists a fingerprint (a SHA-256
digest) of every file in the folder "data". tagmanifest-sha256.txt does
the same for the manifest and the other files beside it. If a single
byte of a file changes, its fingerprint no longer matches.
${key === undefined ? UNSIGNED : SIGNED}
If you have the zip file, unpack it first: "Extract all" on Windows, a
double click on macOS. Then open a terminal in this folder, the one
that holds VERIFY.txt, and type the lines below without the first sign.


1. ARE THE FILES THE SAME?

Linux (every line must end in OK):

    $ sha256sum -c manifest-sha256.txt
    $ sha256sum -c tagmanifest-sha256.txt

macOS (every line must end in OK):

    $ shasum -a 256 -c manifest-sha256.txt
    $ shasum -a 256 -c tagmanifest-sha256.txt

Windows, in PowerShell (prints a line for each file that changed or is
missing; prints nothing if all is well):

    > Get-Content manifest-sha256.txt, tagmanifest-sha256.txt | ForEach-Object { $digest, $file = $_ -split '  ', 2; if ((Get-FileHash -Algorithm SHA256 -LiteralPath $file).Hash -ne $digest) { "CHANGED: $file" } }

One file on Windows, to compare by eye:

    > certutil -hashfile bag-info.txt SHA256


2. IS ANYTHING THERE THAT WAS NOT LISTED?

Linux and macOS. The first line compares the files of "data" with their
list: one that begins with < is in no list, one with > is missing. The
second names what does not belong beside "data". Both print nothing if
all is well:

    $ find data ! -type d | LC_ALL=C sort | diff - <(cut -c 67- manifest-sha256.txt)
    $ ! ls -A | grep -vxE '${BESIDE}'

Windows, in PowerShell, the same (=> is in no list, <= is missing):

    > Compare-Object -CaseSensitive (Get-Content manifest-sha256.txt | ForEach-Object { $_.Substring(66) }) (Get-ChildItem data -Recurse -File -Force | ForEach-Object { (Resolve-Path -Relative -LiteralPath $_.FullName).Substring(2).Replace('\\', '/') }) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" }
    > Get-ChildItem -Force -Name | Where-Object { $_ -cnotmatch '^(${BESIDE})$' }

Beside "data" there are only these files: bagit.txt, bag-info.txt,
manifest-sha256.txt, tagmanifest-sha256.txt, OPEN.html, VERIFY.txt${key === undefined ? "." : "\nand tagmanifest-sha256.txt.sig."}
Later, further signatures (.sig.2 and so on) and time stamps (.tsr) may
have been put beside them. They are in no list, and change nothing that
is in one.


3. WHO SIGNED IT?

${key === undefined ? NO_SIGNATURE : signature(key)}`;
}

/** What may lie in the folder, as a regular expression that both systems read alike. */
const BESIDE =
  "data|bagit\\.txt|bag-info\\.txt|OPEN\\.html|VERIFY\\.txt|manifest-sha256\\.txt|tagmanifest-sha256\\.txt(\\.sig(\\.[2-9])?)?(\\.tsr)?";

const UNSIGNED = `
This bundle is not signed. The lists show that the files have not
changed since the lists were made; they cannot show who made them.
To be sure that the lists are the examiner's own, ask the examiner for
the SHA-256 digest of tagmanifest-sha256.txt and compare it.
`;

const SIGNED = `
tagmanifest-sha256.txt.sig is the examiner's signature under that last
list, and so under every file in this bundle.
`;

/** What the lists, the chain and a signature show, and what they do not. */
const PROOF = `
4. WHAT THIS SHOWS, AND WHAT IT DOES NOT

That all lines above agree shows that the files are those that the lists
were made of, and, with a signature, that the owner of the key made the
lists. It does not show that what the files say is true.

data/extract/custody.jsonl is a chain: each act of the case holds the
digest of the one before. A chain proves accidents and later edits, not
intent: its owner can write it anew. What ties it to a time is a time
stamp, a second signature, or a checkpoint that was handed over.

The page (OPEN.html, data/index.html) checks the same once you give it
the zip or this folder. A page cannot vouch for itself: whoever changes
it can change what it says of itself. The lines
above need no page.

data/METHOD.txt says how every number is worked out from data/extract.
With Exhibit, "exhibit verify --recompute" does that.
`;

const NO_SIGNATURE = `Nobody did: there is no signature. Ask the examiner, by another way than
the one this bundle came by, for the digest of the last list, and
compare it with what your computer says:

Linux:

    $ sha256sum tagmanifest-sha256.txt

macOS:

    $ shasum -a 256 tagmanifest-sha256.txt

Windows:

    > certutil -hashfile tagmanifest-sha256.txt SHA256

${PROOF}`;

function signature(key: PublicKey): string {
  const allowed = `examiner namespaces="exhibit" ${key.line}`;
  const verify = (file: string) =>
    `ssh-keygen -Y verify -f ${file} -I examiner -n exhibit -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt`;
  return `The signature was made with the key of this fingerprint:

${key.fingerprint}

Anybody can make a key. Ask the examiner for the fingerprint by another
way than the one this bundle came by (by telephone, on paper), and
compare it with the one above, letter by letter. If the examiner gave
you the public key itself, put that one into the first line below
instead of the one printed here.

ssh-keygen is part of Windows (10 and later), macOS and Linux. The
first line writes the key into a file in the folder for temporary files
of your account, the second checks the signature. The answer must begin
with: Good "exhibit" signature for examiner

Linux and macOS:

    $ printf '%s\\n' '${allowed}' > "\${TMPDIR:-/tmp}/allowed_signers"
    $ ${verify(`"\${TMPDIR:-/tmp}/allowed_signers"`)}

Windows, in PowerShell:

    > '${allowed}' | Set-Content -NoNewline -Encoding ascii "$env:TEMP\\allowed_signers"
    > cmd /c "${verify("%TEMP%\\allowed_signers")}"

To see only whether the signature is sound, and by which key:

    $ ssh-keygen -Y check-novalidate -n exhibit -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt

${PROOF}`;
}
