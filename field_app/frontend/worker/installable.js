// Makes the tablet app installable: writes the finished service worker, the web manifest and the icons.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const MANIFEST = 'manifest.webmanifest';
const ICONS = ['icon.svg', 'icon-192.png', 'icon-512.png'];
const LEFT_OUT = /^\.vite\/|\.map$/;

/**
 * A Vite plugin for the field face.
 *
 * The worker keeps `pages`, which the server writes from `templates`, and every built file. Its
 * version is a digest of all of them: it changes when any of them does, and only then.
 */
export function installable({ pages, templates }) {
  return {
    name: 'installable',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      for (const name of [MANIFEST, ...ICONS]) {
        this.emitFile({ type: 'asset', fileName: name, source: await readFile(join(HERE, name)) });
      }
      const built = Object.values(bundle).filter(({ fileName }) => !LEFT_OUT.test(fileName));
      const digest = createHash('sha256');
      for (const file of built.sort(byName)) digest.update(file.fileName).update(contentOf(file));
      for (const text of await textsIn(templates)) digest.update(text);

      const kept = built
        .map(({ fileName }) => fileName)
        .filter((name) => name !== MANIFEST && !ICONS.includes(name));
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: await worker(digest.digest('hex').slice(0, 12), [
          ...pages,
          `./${MANIFEST}`,
          ...kept.map((name) => `./static/dist/${name}`),
        ]),
      });
    },
  };
}

async function worker(version, files) {
  const source = await readFile(join(HERE, 'sw.js'), 'utf8');
  return source
    .replace("'__VERSION__'", JSON.stringify(version))
    .replace("'__FILES__'", JSON.stringify(files));
}

async function textsIn(folder) {
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.html')).sort();
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}

const byName = (one, other) => (one.fileName < other.fileName ? -1 : 1);
const contentOf = (file) => (file.type === 'chunk' ? file.code : file.source);
