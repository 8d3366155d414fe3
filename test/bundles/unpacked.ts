import path from "node:path";
import { openContainer } from "../../main/bundle/verify/bag/open-zip.ts";
import { write } from "../main/bundle/fixture.ts";

/** The files of a bundle's zip in `folder`; gives the bag's own folder. */
export async function unpacked(zip: string, folder: string): Promise<string> {
  const container = await openContainer(zip);
  for (const name of container.files?.sizes.keys() ?? []) {
    const pieces: Buffer[] = [];
    for await (const chunk of container.files?.read(name) ?? []) pieces.push(Buffer.from(chunk));
    write(path.join(folder, container.top ?? "bag"), { [name]: Buffer.concat(pieces) });
  }
  await container.close();
  return path.join(folder, container.top ?? "bag");
}
