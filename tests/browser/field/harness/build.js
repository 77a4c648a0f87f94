// Builds the harness into one file: node build.js <where to>
import { join } from 'node:path';
import { build } from 'vite';

const [, , into] = process.argv;

await build({
  configFile: false,
  logLevel: 'error',
  root: import.meta.dirname,
  build: {
    outDir: into,
    emptyOutDir: false,
    target: 'es2022',
    minify: false,
    lib: {
      entry: join(import.meta.dirname, 'harness.js'),
      formats: ['es'],
      fileName: () => 'harness.js',
    },
  },
});
