/** Builds `dist`: an index.html that names its assets relatively, so that one build works below any stage's path. */
import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { lean } from './src/screens/agreement/editor/lean-schema.ts';

/** Takes the agreement's schema without what no proposal of the editor needs. */
const leanSchema: Plugin = {
  name: 'lean-schema',
  enforce: 'pre',
  load: (id) => (id.endsWith('/docs/agreement.schema.json') ? JSON.stringify(lean(JSON.parse(readFileSync(id, 'utf8')))) : undefined),
};

export default defineConfig({
  base: './',
  publicDir: false,
  plugins: [leanSchema],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What several screens use comes with the frame: a screen is then one file, and so one request.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'frame', test: /console\/src\/(api|format|parts|session|shell|texts\/en\/(faults|parts|sentences|shell|times))\b|node_modules\/(@?preact|openapi-fetch)/ }] },
      },
    },
  },
});
