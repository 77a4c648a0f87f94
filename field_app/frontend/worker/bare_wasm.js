// Takes the form engine's WebAssembly out of its script: as files it is a quarter lighter, and compiled as it arrives.
const IN_A_SCRIPT = /"data:application\/wasm;base64,([A-Za-z0-9+/=]+)"/g;
const ENGINE = /@getodk\/xforms-engine\/dist\/index\.js$/;

/** A Vite plugin. The engine takes addresses as well as data, and fetches them from the same origin. */
export function bareWasm() {
  return {
    name: 'bare-wasm',
    apply: 'build',
    transform: {
      filter: { id: ENGINE },
      handler(code) {
        return {
          code: code.replaceAll(IN_A_SCRIPT, (_literal, base64) => {
            const source = Buffer.from(base64, 'base64');
            const file = this.emitFile({ type: 'asset', name: 'engine.wasm', source });
            return `import.meta.ROLLUP_FILE_URL_${file}`;
          }),
          map: null,
        };
      },
    },
  };
}
