/** The incidents on the map: one mark a stack, shape and colour by type, size by toll, a number where there are several.
 *  Copied from ready pictures onto a sheet of its own above the map, so that the clock moves without the map being drawn anew.
 *  The sheet is a plain 2D one: where there is no graphics card, that is five times as fast as a shader. */

import { type Map as MapLibre, MercatorCoordinate } from 'maplibre-gl';

import { BADGE, COLUMNS, type Colours, HALVES, SIDE, badgeCell, drawSprites, markCell, ringCell } from './sprites.ts';
import { type Points, RADII, type Shown } from './stacks.ts';

const WIDTH = 7; // numbers of a picture: x, y, half width, half height, offset right, offset up, cell

export class Marks {
  readonly #sheet = document.createElement('canvas');
  #map: MapLibre | null = null;
  #asked = 0;
  #pen: CanvasRenderingContext2D | null = null;
  #pictures: OffscreenCanvas | null = null;
  #ratio = 1;
  #drawn = new Float64Array();
  #number = 0;
  #stacks: Int32Array = new Int32Array();
  #marks = 0;

  constructor(
    private readonly colours: Colours,
    private readonly written: (n: number) => string,
  ) {}

  /** Show these; the large ones first, so that the small ones lie on top, then the numbers. */
  show(points: Points, now: Shown): void {
    if (this.#drawn.length < now.places * 3 * WIDTH) this.#drawn = new Float64Array(now.places * 3 * WIDTH);
    if (this.#stacks.length < now.places) this.#stacks = new Int32Array(now.places);
    this.#number = 0;
    this.#marks = this.#order(points, now);
    this.#ring(points, now);
    this.#count(points, now);
    this.#asked ||= requestAnimationFrame(this.#draw);
  }

  #order(points: Points, now: Shown): number {
    for (let size = RADII.length - 1; size >= 0; size--) {
      for (let stack = 0; stack < now.best.length; stack++) {
        const best = now.best[stack]!;
        if (best < 0 || points.toll[best] !== size) continue;
        this.#stacks[this.#number] = stack;
        const half = HALVES[size]!;
        this.#add(points, best, half, half, 0, 0, markCell(points.type[best]!, points.known[best]!, size));
      }
    }
    return this.#number;
  }

  /** What is known no nearer than a district has a ring, the more closed the wider its place. */
  #ring(points: Points, now: Shown): void {
    const half = SIDE / 2;
    for (let i = 0; i < this.#marks; i++) {
      const best = now.best[this.#stacks[i]!]!;
      const exact = points.exact[best]!;
      if (exact) this.#add(points, best, half, half, 0, 0, ringCell(exact, points.toll[best]!));
    }
  }

  /** From afar only what is many is counted: numbers would hide the marks that lie beside. */
  #count(points: Points, now: Shown): void {
    const zoom = this.#map?.getZoom() ?? 0;
    const least = zoom < 6.5 ? 10 : zoom < 8 ? 4 : 2;
    const dense = now.places > 1500 ? least * 5 : least;
    for (let i = 0; i < this.#marks; i++) {
      const stack = this.#stacks[i]!;
      const best = now.best[stack]!;
      const beside = HALVES[points.toll[best]!]!;
      if (now.count[stack]! >= dense) this.#add(points, best, ...BADGE, beside + 3, beside - 2, badgeCell(now.count[stack]!));
    }
  }

  #add(points: Points, i: number, x: number, y: number, right: number, up: number, cell: number): void {
    const o = this.#number++ * WIDTH;
    this.#drawn[o] = points.x[i]!;
    this.#drawn[o + 1] = points.y[i]!;
    this.#drawn[o + 2] = x;
    this.#drawn[o + 3] = y;
    this.#drawn[o + 4] = right;
    this.#drawn[o + 5] = up;
    this.#drawn[o + 6] = cell;
  }

  /** The stack whose mark lies under a point of the screen; null when there is none. The topmost wins. */
  at(point: { x: number; y: number }): number | null {
    const map = this.#map;
    if (!map) return null;
    const { x, y } = MercatorCoordinate.fromLngLat(map.unproject([point.x, point.y]));
    const scale = 512 * 2 ** map.getZoom();
    for (let i = this.#marks - 1; i >= 0; i--) {
      const o = i * WIDTH;
      const reach = this.#drawn[o + 2]! + 1;
      if (Math.hypot((this.#drawn[o]! - x) * scale, (this.#drawn[o + 1]! - y) * scale) <= reach) return this.#stacks[i]!;
    }
    return null;
  }

  /** Lay the sheet on the map: it follows whatever the map does. */
  over(map: MapLibre): void {
    this.#map = map;
    this.#sheet.className = 'marks';
    this.#sheet.setAttribute('aria-hidden', 'true');
    map.getCanvasContainer().append(this.#sheet);
    this.#sheet.addEventListener('contextrestored', this.#draw);
    this.#ratio = map.getPixelRatio();
    this.#pictures = drawSprites(this.colours, this.written, this.#ratio);
    this.#pen = this.#sheet.getContext('2d');
    map.on('render', this.#draw);
  }

  #draw = (): void => {
    cancelAnimationFrame(this.#asked);
    this.#asked = 0;
    const [map, pen, pictures] = [this.#map, this.#pen, this.#pictures];
    if (!map || !pen || !pictures) return;
    const { width, height } = map.getCanvas();
    if (this.#sheet.width !== width) this.#sheet.width = width;
    if (this.#sheet.height !== height) this.#sheet.height = height;
    pen.clearRect(0, 0, width, height);
    pen.imageSmoothingEnabled = false;
    const middle = MercatorCoordinate.fromLngLat(map.getCenter());
    const scale = 512 * 2 ** map.getZoom() * this.#ratio;
    for (let o = 0; o < this.#number * WIDTH; o += WIDTH) {
      // A place is put on a whole pixel of the screen: the pictures are copied pixel by pixel.
      const x = Math.floor((this.#drawn[o]! - middle.x) * scale + width / 2);
      const y = Math.floor((this.#drawn[o + 1]! - middle.y) * scale + height / 2);
      const reach = 2 * SIDE * this.#ratio;
      if (x > -reach && x < width + reach && y > -reach && y < height + reach) this.#copy(pen, pictures, o, x, y);
    }
  };

  #copy(pen: CanvasRenderingContext2D, pictures: OffscreenCanvas, o: number, x: number, y: number): void {
    const ratio = this.#ratio;
    const [across, along] = [Math.round(this.#drawn[o + 2]! * ratio), Math.round(this.#drawn[o + 3]! * ratio)];
    const cell = this.#drawn[o + 6]!;
    const left = Math.round(((cell % COLUMNS) + 0.5) * SIDE * ratio) - across;
    const top = Math.round((Math.floor(cell / COLUMNS) + 0.5) * SIDE * ratio) - along;
    const [right, up] = [Math.round(this.#drawn[o + 4]! * ratio), Math.round(this.#drawn[o + 5]! * ratio)];
    pen.drawImage(pictures, left, top, 2 * across, 2 * along, x + right - across, y - up - along, 2 * across, 2 * along);
  }

  remove(): void {
    cancelAnimationFrame(this.#asked);
    this.#map?.off('render', this.#draw);
    this.#sheet.remove();
    this.#map = null;
    this.#pen = null;
  }
}
