import type { PublicKey } from "../signature/ssh-key.ts";

/**
 * VERIFY.txt: how to check a bundle without Exhibit. Plain ASCII, 72 columns but for commands, which stand alone on
 * lines that begin with `    $ ` (a shell on macOS or Linux) or `    > ` (PowerShell on Windows), to be run as they are.
 */
export function verifyText(name: string, key: PublicKey | undefined): string {
  return `HOW TO CHECK THIS BUNDLE: ${name}

This folder can be checked with tools that come with your computer. You
do not need Exhibit, a network or anybody's permission. Nothing below
changes anything in this folder.

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

Linux and macOS (prints nothing if all is well):

    $ find data -type f | LC_ALL=C sort | diff - <(cut -c 67- manifest-sha256.txt)

Windows (the two numbers must be the same):

    > (Get-ChildItem data -Recurse -File -Force).Count; (Get-Content manifest-sha256.txt).Count

Beside "data" there are only these files: bagit.txt, bag-info.txt,
manifest-sha256.txt, tagmanifest-sha256.txt, OPEN.html, VERIFY.txt${key === undefined ? "." : "\nand tagmanifest-sha256.txt.sig."}


3. WHO SIGNED IT?

${key === undefined ? NO_SIGNATURE : signature(key)}`;
}

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

const NO_SIGNATURE = `Nobody did: there is no signature. Ask the examiner, by another way than
the one this bundle came by, for the digest of the last list, and
compare it with what your computer says:

Linux:

    $ sha256sum tagmanifest-sha256.txt

macOS:

    $ shasum -a 256 tagmanifest-sha256.txt

Windows:

    > certutil -hashfile tagmanifest-sha256.txt SHA256
`;

function signature(key: PublicKey): string {
  const allowed = `examiner namespaces="exhibit" ${key.line}`;
  const verify =
    "ssh-keygen -Y verify -f ../allowed_signers -I examiner -n exhibit -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt";
  return `The signature was made with the key of this fingerprint:

${key.fingerprint}

Anybody can make a key. Ask the examiner for the fingerprint by another
way than the one this bundle came by (by telephone, on paper), and
compare it with the one above, letter by letter. If the examiner gave
you the public key itself, put that one into the first line below
instead of the one printed here.

ssh-keygen is part of Windows (10 and later), macOS and Linux. The
first line writes the key into a file beside this folder, the second
checks the signature. The answer must begin with: Good "exhibit"
signature for examiner

Linux and macOS:

    $ printf '%s\\n' '${allowed}' > ../allowed_signers
    $ ${verify}

Windows, in PowerShell:

    > '${allowed}' | Set-Content -NoNewline -Encoding ascii ..\\allowed_signers
    > cmd /c "${verify.replace("../", "..\\")}"

To see only whether the signature is sound, and by which key:

    $ ssh-keygen -Y check-novalidate -n exhibit -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt
`;
}
