// Builds one face of the system. The mode names the face: `vite build --mode office`.
import { defineConfig } from 'vite';

const faces = {
  office: { source: 'supervisor/frontend', into: '../static/dist', entries: ['office.js'] },
};

export default defineConfig(({ mode }) => {
  const face = faces[mode];
  if (!face) throw new Error(`Name a face with --mode: ${Object.keys(faces).join(', ')}`);

  return {
    root: face.source,
    base: './',
    publicDir: false,
    build: {
      outDir: face.into,
      emptyOutDir: true,
      manifest: true,
      // The content-security policy allows fonts from the server only, never from data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: face.entries.map((entry) => `${face.source}/${entry}`),
        // htmx holds an eval that its setting allowEval: false keeps from ever running.
        checks: { eval: false },
      },
    },
  };
});
