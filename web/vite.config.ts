import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The pages are written into the Python package: who installs it needs no Node.
export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: '../src/waqai/serving/static',
    emptyOutDir: true,
    assetsInlineLimit: 0, // a data: address would need a wider Content-Security-Policy
    modulePreload: { polyfill: false }, // an inline script would need one, too
    chunkSizeWarningLimit: 1500, // MapLibre is one megabyte
    target: 'es2022',
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
});
