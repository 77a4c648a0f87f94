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
 * The worker keeps `pages`, which the server writes from `templates`, and every built file. Its
 * version is a digest of all of them and of itself: it changes when any of them does, and only then.
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
      const digest = createHash('sha256').update(source);
      for (const file of built) digest.update(file.fileName).update(contentOf(file));
      for (const text of await textsIn(templates)) digest.update(text);

      const version = digest.digest('hex').slice(0, 12);
      const files = [...pages, ...built.map(({ fileName }) => `./static/dist/${fileName}`)];
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: source
          .replace("'__VERSION__'", JSON.stringify(version))
          .replace("'__FILES__'", JSON.stringify(files)),
      });
    },
  };
}

async function textsIn(folder) {
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.html')).sort();
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}

const byName = (one, other) => (one.fileName < other.fileName ? -1 : 1);
const contentOf = (file) => (file.type === 'chunk' ? file.code : file.source);
