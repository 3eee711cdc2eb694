/** The map itself: made once for a theme and a language, then told what to show. */


import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { AttributionControl, type GeoJSONSource, Map as MapLibre, NavigationControl, setWorkerUrl } from 'maplibre-gl';

import { api } from '../../lib/api.ts';
import type { Features } from '../../lib/types.ts';
import { FONT, LAYERS, type Outline, type Outlines, type Tokens, labelsOf, style } from './basemap.ts';
import { drawIcon } from './holding.ts';
import { Marks } from './marks.ts';
import { TYPES } from '../../lib/types_of_event.ts';

export interface Look {
  /** Reads a token of the theme: --sea, --ink, … */
  readonly token: (name: string) => string;
  readonly named: (of: { name_ar?: string | null; name_en?: string | null }) => string;
  readonly written: (n: number) => string;
  readonly letter: (camp: string) => string;
  readonly rtl: boolean;
  readonly attribution: string;
  readonly words: Record<string, string>;
}
export interface View {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}

/** What lies on the map, in pixels: above tools, below or beside them a panel. */
export interface Covered {
  readonly above: number;
  readonly below: number;
  readonly beside: number;
}

const EDGE = 20; // pixels: half a mark
export const REGION: View = { zoom: 5.6, lat: 35, lon: 38.6 };

setWorkerUrl(workerUrl);

/** "zoom/lat/lon" of an address; null when it is none. */
export function readView(text: string | undefined): View | null {
  const [zoom, lat, lon] = (text ?? '').split('/').map(Number);
  const fits = [zoom, lat, lon].every((n) => Number.isFinite(n)) && Math.abs(lat!) < 85 && Math.abs(lon!) <= 180;
  return text && fits ? { zoom: zoom!, lat: lat!, lon: lon! } : null;
}

export class Canvas {
  readonly map: MapLibre;
  readonly marks: Marks;
  readonly #look: Look;
  #control: Features<unknown> | null = null;
  #told = 'null';
  /** Something was brought into view: a page that is opened begins there. */
  #shown = false;

  constructor(container: HTMLElement, view: View | null, look: Look) {
    this.#look = look;
    const { zoom, lat, lon } = view ?? REGION;
    this.map = new MapLibre({
      container,
      style: style(tokens(look)),
      center: [lon, lat],
      zoom,
      minZoom: 3,
      maxZoom: 15,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      attributionControl: false,
      locale: look.words,
      canvasContextAttributes: { antialias: false },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new AttributionControl({ compact: true, customAttribution: look.attribution }), look.rtl ? 'bottom-left' : 'bottom-right');
    this.map.addControl(new NavigationControl({ showCompass: false }), look.rtl ? 'top-left' : 'top-right');
    this.marks = new Marks(
      { types: TYPES.map((type) => look.token(`--type-${type.css}`)), halo: look.token('--raised'), ink: look.token('--ink') },
      look.written,
    );
  }

  /** Resolves when the style stands, the fonts are there and the incidents can be shown. */
  async ready(): Promise<void> {
    await Promise.all([
      document.fonts.load(`600 16px "${FONT}"`, 'حلب A1'),
      document.fonts.load(`400 16px "${FONT}"`, 'حلب A1'),
      this.map.loaded() ? null : this.map.once('load'),
    ]);
    this.marks.over(this.map);
    // The sources of the outlines are told at a press; open they would cover a narrow map.
    const told = this.map.getContainer().querySelector('.maplibregl-ctrl-attrib');
    told?.removeAttribute('open');
    told?.classList.remove('maplibregl-compact-show');
    void this.#outlines();
  }

  async #outlines(): Promise<void> {
    const fetched = await Promise.allSettled(LAYERS.map((layer) => api.boundaries(layer)));
    fetched.forEach((result, i) => {
      if (result.status === 'rejected' || !this.map.style) return;
      const outlines = result.value as unknown as Outlines;
      this.#set(LAYERS[i]!, outlines);
      if (i < 2) this.#set(`${LAYERS[i]!}-names`, labelsOf(outlines, (of: Outline) => this.#look.named(of)));
    });
  }

  /** What stands where on a day; `beside` incidents or alone. The pictures that are needed are drawn first. */
  control(signs: Features<{ icon: string }> | null, beside: boolean): void {
    this.#control = signs;
    const told = JSON.stringify([signs, beside]);
    if (told === this.#told) return; // the same as before: the map need not be laid out anew
    this.#told = told;
    // Beside incidents the signs stand above their place, so that neither hides the other.
    this.map.setLayoutProperty('control', 'icon-offset', beside ? [0, -21] : [0, 0]);
    const ratio = Math.min(3, Math.ceil(window.devicePixelRatio || 1));
    for (const icon of new Set(signs?.features.map((feature) => feature.properties.icon))) {
      if (this.map.hasImage(icon)) continue;
      const image = drawIcon(icon, this.#look.letter, ratio, this.#look.token('--ink'), this.#look.token('--raised'));
      this.map.addImage(icon, image, { pixelRatio: ratio });
    }
    this.#set('control', signs ?? { type: 'FeatureCollection', features: [] });
  }

  /** Names of towns, the most told of first. Where control stands, its signs bear the names. */
  places(features: Features<{ name: string; number: number }>): void {
    this.#set('places', features);
  }

  /** A ring around what is selected. */
  focus(at: [number, number] | null): void {
    const point = at && { type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties: {} };
    this.#set('focus', { type: 'FeatureCollection', features: point ? [point] : [] });
  }

  /** The place whose sign of control lies under a point of the screen. */
  holding(point: { x: number; y: number }): string | null {
    if (!this.#control?.features.length) return null;
    const found = this.map.queryRenderedFeatures([point.x, point.y], { layers: ['control'] })[0];
    return found ? String(found.properties.id) : null;
  }

  /** Bring into view what lies outside of it, or is covered. It moves there, but where the reader wants no motion. */
  reveal(at: [number, number], { above, below, beside }: Covered): void {
    const { clientWidth, clientHeight } = this.map.getContainer();
    const [left, right] = this.#look.rtl ? [beside, clientWidth] : [0, clientWidth - beside];
    const { x, y } = this.map.project(at);
    const inside = x > left + EDGE && x < right - EDGE && y > above + EDGE && y < clientHeight - below - EDGE;
    if (inside) return;
    const offset: [number, number] = [(left + right - clientWidth) / 2, (above - below) / 2];
    this.map.easeTo({ center: at, zoom: Math.max(this.map.getZoom(), 6.5), offset, duration: this.#shown ? 400 : 0 });
    this.#shown = true;
  }

  remove(): void {
    this.marks.remove();
    this.map.remove();
  }

  #set(source: string, data: unknown): void {
    (this.map.getSource(source) as GeoJSONSource | undefined)?.setData(data as GeoJSON.GeoJSON);
  }
}

function tokens({ token }: Look): Tokens {
  return {
    sea: token('--sea'), land: token('--land'), other: token('--land-other'), border: token('--border'),
    soft: token('--border-soft'), ink: token('--map-ink'), halo: token('--halo'),
  };
}
