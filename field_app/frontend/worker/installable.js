// Makes the tablet app open without a network: writes the finished service worker beside what was built.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, 'sw.js');
const LEFT_OUT = /^\.vite\/|\.map$/;

/**
 * A Vite plugin for the field face.
 *
 * The worker keeps `pages`, which the server writes from `templates`, and every built file; what is
 * only loaded when it is needed is kept after the rest. Its version is a digest of all of them and of
 * itself: it changes when any of them does, and only then.
 */
export function installable({ pages, templates }) {
  return {
    name: 'installable',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const source = await readFile(SOURCE, 'utf8');
      const built = Object.values(bundle)
        .filter(({ fileName }) => !LEFT_OUT.test(fileName))
        .sort(byName);
      const version = digestOf([source, ...(await textsIn(templates)), ...built.flatMap(facts)]);

      const atOnce = neededAtOnce(bundle);
      const addresses = (isFirst) =>
        built
          .filter((file) => (file.type !== 'chunk' || atOnce.has(file.fileName)) === isFirst)
          .map(({ fileName }) => `./static/dist/${fileName}`);
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: source
          .replace("'__VERSION__'", JSON.stringify(version))
          .replace("'__FIRST__'", JSON.stringify([...pages, ...addresses(true)]))
          .replace("'__LATER__'", JSON.stringify(addresses(false))),
      });
    },
  };
}

/** The scripts that the pages load, and those that these import. */
function neededAtOnce(bundle) {
  const found = new Set();
  const look = (name) => {
    if (found.has(name)) return;
    found.add(name);
    bundle[name]?.imports?.forEach(look);
  };
  for (const file of Object.values(bundle)) if (file.isEntry) look(file.fileName);
  return found;
}

async function textsIn(folder) {
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.html')).sort();
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}

function digestOf(parts) {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest('hex').slice(0, 12);
}

const byName = (one, other) => (one.fileName < other.fileName ? -1 : 1);
const facts = (file) => [file.fileName, file.type === 'chunk' ? file.code : file.source];
