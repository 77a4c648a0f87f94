// Writes `.br` and `.gz` beside every built file that gets smaller, so that nothing is packed while serving.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const WORTH_PACKING = /\.(?:css|html|js|json|svg|wasm|webmanifest)$/;
const BEST_BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
const BEST_GZIP = { level: constants.Z_BEST_COMPRESSION };

/** A Vite plugin: packs what was built, once everything is written. */
export function compressed() {
  let folder;
  return {
    name: 'compressed',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: () => packAll(folder),
    },
  };
}

async function packAll(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && WORTH_PACKING.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  await Promise.all(paths.map(pack));
}

async function pack(path) {
  const content = await readFile(path);
  const [brotli, zipped] = await Promise.all([
    promisify(brotliCompress)(content, BEST_BROTLI),
    promisify(gzip)(content, BEST_GZIP),
  ]);
  await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, zipped)]);
}
