// Builds one face of the system. The mode names the face: `vite build --mode office`.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

import { bareWasm } from './field_app/frontend/worker/bare_wasm.js';
import { compressed } from './field_app/frontend/worker/compressed.js';
import { installable } from './field_app/frontend/worker/installable.js';

const faces = {
  office: { source: 'supervisor/frontend', into: '../static/dist', entries: ['office.js'] },
  field: {
    source: 'field_app/frontend',
    into: '../static/dist',
    entries: ['app/main.js', 'form/main.js'],
    plugins: () => [
      bareWasm(),
      installable({
        pages: ['./', './form', './manifest.webmanifest'],
        templates: 'field_app/templates/field',
      }),
    ],
  },
};

export default defineConfig(({ mode }) => {
  const face = faces[mode];
  if (!face) throw new Error(`Name a face with --mode: ${Object.keys(faces).join(', ')}`);

  return {
    root: face.source,
    base: './',
    publicDir: false,
    plugins: [...(face.plugins?.() ?? []), compressed()],
    build: {
      outDir: face.into,
      emptyOutDir: true,
      manifest: true,
      target: 'es2022',
      // The content-security policy allows fonts from the server only, never from data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: face.entries
          .map((entry) => resolve(face.source, entry))
          .filter((path) => existsSync(path)),
        // htmx and the form engine hold an eval that never runs: pages forbid it.
        checks: { eval: false },
      },
    },
  };
});
