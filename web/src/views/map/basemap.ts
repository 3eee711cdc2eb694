/** The base map from the shipped outlines: land, borders, names. Nothing is asked of another server. */

import type { Feature as GeoFeature, FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson';
import type { StyleSpecification } from 'maplibre-gl';

import { bare } from '../../lib/labels.ts';

export const FONT = 'IBM Plex Sans Arabic';
export interface Tokens {
  readonly sea: string;
  readonly land: string;
  readonly other: string;
  readonly border: string;
  readonly soft: string;
  readonly ink: string;
  readonly halo: string;
}
export interface Outline {
  readonly name_ar: string;
  readonly name_en: string;
  readonly country: string;
}
export type Outlines = FeatureCollection<Polygon | MultiPolygon, Outline>;
type Labels = FeatureCollection<Point, { name: string }>;

export const LAYERS = ['countries', 'governorates', 'districts'] as const;
export type Layer = (typeof LAYERS)[number];
const NONE: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** The style without its data, which comes layer by layer. */
export function style(tokens: Tokens): StyleSpecification {
  const sources = ['countries', 'governorates', 'districts', 'countries-names', 'governorates-names', 'places', 'control', 'focus'];
  const line = { 'line-join': 'round', 'line-cap': 'round' } as const;
  return {
    version: 8,
    sources: Object.fromEntries(sources.map((name) => [name, { type: 'geojson', data: NONE }])),
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': tokens.sea } },
      { id: 'land', type: 'fill', source: 'countries', paint: { 'fill-color': tokens.land } },
      {
        id: 'districts', type: 'line', source: 'districts', minzoom: 7.5, layout: line,
        paint: { 'line-color': tokens.soft, 'line-width': 0.7, 'line-dasharray': [2, 2] },
      },
      {
        id: 'governorates', type: 'line', source: 'governorates', layout: line,
        paint: { 'line-color': tokens.soft, 'line-width': ['interpolate', ['linear'], ['zoom'], 5, 0.7, 9, 1.6] },
      },
      {
        id: 'countries', type: 'line', source: 'countries', layout: line,
        paint: { 'line-color': tokens.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 4, 0.9, 9, 2.2] },
      },
      {
        id: 'focus', type: 'circle', source: 'focus',
        paint: {
          'circle-radius': 20, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': tokens.ink, 'circle-stroke-width': 2,
        },
      },
      names('countries-names', tokens, 15, 3, 7),
      names('governorates-names', tokens, 12, 6.2, 9.5),
      {
        id: 'places', type: 'symbol', source: 'places', minzoom: 7,
        layout: {
          'text-field': ['get', 'name'], 'text-font': [FONT], 'text-size': 12, 'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
          'text-radial-offset': 0.9, 'symbol-sort-key': ['-', ['get', 'number']], 'text-padding': 6,
        },
        paint: { 'text-color': tokens.ink, 'text-halo-color': tokens.halo, 'text-halo-width': 1.4 },
      },
      {
        id: 'control', type: 'symbol', source: 'control',
        layout: {
          'icon-image': ['get', 'icon'], 'icon-allow-overlap': true, 'icon-ignore-placement': true,
          'icon-size': ['interpolate', ['linear'], ['zoom'], 5, 0.55, 8, 0.85, 11, 1],
          'text-field': ['step', ['zoom'], '', 7.5, ['get', 'name']], 'text-font': [FONT], 'text-size': 12,
          'text-anchor': 'top', 'text-offset': [0, 1.1], 'text-optional': true, 'symbol-sort-key': ['get', 'order'],
        },
        paint: { 'text-color': tokens.ink, 'text-halo-color': tokens.halo, 'text-halo-width': 1.4 },
      },
    ],
  };
}

function names(source: string, tokens: Tokens, size: number, from: number, to: number): StyleSpecification['layers'][number] {
  return {
    id: source, type: 'symbol', source, minzoom: from, maxzoom: to,
    layout: { 'text-field': ['get', 'name'], 'text-font': [FONT], 'text-size': size, 'text-padding': 8, 'text-max-width': 7 },
    paint: { 'text-color': tokens.ink, 'text-opacity': 0.72, 'text-halo-color': tokens.halo, 'text-halo-width': 1.3 },
  };
}

/** One name in the middle of the largest part of each outline. */
export function labelsOf(outlines: Outlines, named: (of: Outline) => string): Labels {
  const features = outlines.features.map((feature): GeoFeature<Point, { name: string }> => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: middle(feature.geometry) },
    properties: { name: bare(named(feature.properties)) },
  }));
  return { type: 'FeatureCollection', features: features.filter((feature) => feature.properties.name) };
}

function middle(shape: Polygon | MultiPolygon): [number, number] {
  const rings = shape.type === 'Polygon' ? [shape.coordinates[0]!] : shape.coordinates.map((part) => part[0]!);
  let best: [number, number] = [0, 0];
  let most = -1;
  for (const ring of rings) {
    const [area, x, y] = centroid(ring as [number, number][]);
    if (area > most) [most, best] = [area, [x, y]];
  }
  return best;
}

function centroid(ring: [number, number][]): [number, number, number] {
  let [area, x, y] = [0, 0, 0];
  for (let i = 0; i < ring.length - 1; i++) {
    const [[x0, y0], [x1, y1]] = [ring[i]!, ring[i + 1]!];
    const cross = x0 * y1 - x1 * y0;
    [area, x, y] = [area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross];
  }
  return area ? [Math.abs(area), x / (3 * area), y / (3 * area)] : [0, ...(ring[0] ?? [0, 0])] as [number, number, number];
}
