/** The pictures of the marks, drawn once: every type, as it is known and by its toll, and the numbers of stacks. */

import { TYPES, type TypeMark } from '../../lib/types_of_event.ts';
import { ALLEGED, BORNE_OUT, PLACES, RADII } from './stacks.ts';

export const SIDE = 40; // pixels of a cell, at ratio 1
export const COLUMNS = 10;
const KNOWN = 3;
const MARKS = TYPES.length * KNOWN * RADII.length;
const MOST = 99;
const RINGS = MARKS + MOST + 2;
const WIDER = PLACES.length - 1;
const ROWS = Math.ceil((RINGS + WIDER * RADII.length) / COLUMNS);
/** Half the width of a mark in its cell, by class of toll: whole pixels, so that nothing is blurred. */
export const HALVES = RADII.map((radius) => Math.ceil(radius + 3));
export const BADGE = [9, 7] as const;

export interface Colours {
  readonly types: readonly string[];
  readonly halo: string;
  readonly ink: string;
}

export function markCell(type: number, known: number, toll: number): number {
  return (toll * TYPES.length + type) * KNOWN + known;
}

export function badgeCell(count: number): number {
  return MARKS + Math.min(count, MOST + 1);
}

/** The ring around a mark whose place is known no nearer than a district (1), a governorate (2) or more (3). */
export function ringCell(exact: number, toll: number): number {
  return RINGS + toll * WIDER + exact - 1;
}

/** The arcs of such a ring, in radians: the wider the place, the more of it is closed. */
export function ringArcs(exact: number): [number, number][] {
  if (exact > 2) return [[0, 2 * Math.PI]];
  const number = exact === 1 ? 2 : 4;
  const long = exact === 1 ? 0.9 : 1.05;
  return Array.from({ length: number }, (_, i) => [(i * 2 * Math.PI) / number - long / 2, (i * 2 * Math.PI) / number + long / 2]);
}

export function ringRadius(radius: number): number {
  return Math.min(radius + 3.5, SIDE / 2 - 1.5);
}

export function drawSprites(colours: Colours, written: (n: number) => string, ratio: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(COLUMNS * SIDE * ratio, ROWS * SIDE * ratio);
  const pen = canvas.getContext('2d')!;
  const at = (cell: number, draw: () => void): void => {
    pen.setTransform(ratio, 0, 0, ratio, ((cell % COLUMNS) + 0.5) * SIDE * ratio, (Math.floor(cell / COLUMNS) + 0.5) * SIDE * ratio);
    draw();
  };
  RADII.forEach((radius, toll) => {
    TYPES.forEach((type, index) => {
      for (let known = 0; known < KNOWN; known++) {
        at(markCell(index, known, toll), () => drawMark(pen, outline(type, radius), colours.types[index]!, colours.halo, known, radius));
      }
    });
  });
  RADII.forEach((radius, toll) => {
    for (let exact = 1; exact <= WIDER; exact++) at(ringCell(exact, toll), () => drawRing(pen, exact, ringRadius(radius), colours));
  });
  for (let n = 0; n <= MOST + 1; n++) {
    at(badgeCell(n), () => drawBadge(pen, n > MOST ? `${written(MOST)}+` : written(n), colours));
  }
  return canvas;
}

type Pen = OffscreenCanvasRenderingContext2D;

function outline(type: TypeMark, radius: number): Path2D {
  const path = new Path2D();
  if (!type.corners.length) path.arc(0, 0, radius, 0, 7);
  type.corners.forEach(([x, y], i) => (i ? path.lineTo(x * radius * 1.08, y * radius * 1.08) : path.moveTo(x * radius * 1.08, y * radius * 1.08)));
  path.closePath();
  return path;
}

function drawMark(pen: Pen, path: Path2D, own: string, halo: string, known: number, radius: number): void {
  pen.lineJoin = 'round';
  pen.globalAlpha = 0.9;
  pen.strokeStyle = halo;
  pen.lineWidth = 3.4;
  pen.stroke(path);
  pen.fillStyle = halo;
  pen.fill(path);
  pen.globalAlpha = known === BORNE_OUT ? 0.95 : known === ALLEGED ? 0.06 : 0.38;
  pen.fillStyle = own;
  pen.fill(path);
  pen.globalAlpha = 1;
  pen.strokeStyle = own;
  pen.lineWidth = 1.6;
  pen.setLineDash(known === ALLEGED ? [radius * 0.42, radius * 0.3] : []);
  pen.stroke(path);
  pen.setLineDash([]);
}

function drawRing(pen: Pen, exact: number, radius: number, { halo, ink }: Colours): void {
  for (const [style, width] of [[halo, 3], [ink, 1.4]] as const) {
    pen.strokeStyle = style;
    pen.lineWidth = width;
    for (const [start, end] of ringArcs(exact)) {
      pen.beginPath();
      pen.arc(0, 0, radius, start, end);
      pen.stroke();
    }
  }
}

function drawBadge(pen: Pen, text: string, { halo, ink }: Colours): void {
  const [x, y] = BADGE;
  pen.fillStyle = halo;
  pen.beginPath();
  pen.roundRect(-x + 0.5, -y + 0.5, 2 * x - 1, 2 * y - 1, y);
  pen.fill();
  pen.fillStyle = ink;
  pen.font = `600 ${text.length > 2 ? 8 : 10}px "IBM Plex Sans Arabic", sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(text, 0, 0.5, 2 * x - 2);
}
