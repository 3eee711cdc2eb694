/** The incidents on the map: one mark a stack, shape and colour by type, size by toll, a number where there are several.
 *  Drawn by a shader of our own from ready pictures on a sheet of its own above the map, so that the clock moves without the map
 *  being drawn anew. */

import { type Map as MapLibre, MercatorCoordinate } from 'maplibre-gl';

import { BADGE, COLUMNS, type Colours, HALVES, ROWS, SIDE, badgeCell, drawSprites, markCell, ringCell } from './sprites.ts';
import { type Points, RADII, type Shown } from './stacks.ts';

const FLOATS = 7; // x, y, half width, half height, offset right, offset up, cell
// The place is put on a whole pixel of the screen: the pictures are copied pixel by pixel.
const VERTEX = `#version 300 es
in vec2 corner; in vec2 at; in vec2 extent; in vec2 offset; in float cell;
uniform float scale; uniform vec2 shift; uniform vec2 screen; uniform float ratio;
out vec2 uv;
void main() {
  vec2 place = vec2(at.x, -at.y) * scale + shift;
  vec2 pixel = floor(place * ratio + screen * 0.5) + (offset + corner * extent) * ratio;
  gl_Position = vec4(pixel / screen * 2.0 - 1.0, 0.0, 1.0);
  vec2 middle = vec2(mod(cell, ${COLUMNS}.0), floor(cell / ${COLUMNS}.0)) + 0.5;
  uv = (middle + vec2(corner.x, -corner.y) * extent / ${SIDE}.0) / vec2(${COLUMNS}.0, ${ROWS}.0);
}`;
const FRAGMENT = `#version 300 es
precision mediump float;
in highp vec2 uv; uniform sampler2D sprites; out vec4 colour;
void main() { colour = texture(sprites, uv); }`;
const ATTRIBUTES = [['at', 2, 0], ['extent', 2, 2], ['offset', 2, 4], ['cell', 1, 6]] as const;

type GL = WebGL2RenderingContext;

export class Marks {
  readonly #sheet = document.createElement('canvas');
  #map: MapLibre | null = null;
  #asked = 0;
  #gl: GL | null = null;
  #program: WebGLProgram | null = null;
  #buffer: WebGLBuffer | null = null;
  #quad: WebGLVertexArrayObject | null = null;
  #sprites: WebGLTexture | null = null;
  #ratio = 1;
  #points: Points | null = null;
  #drawn = new Float32Array();
  #instances = 0;
  #stacks: Int32Array = new Int32Array();
  #marks = 0;
  #fresh = false;

  constructor(
    private readonly colours: Colours,
    private readonly written: (n: number) => string,
  ) {}

  /** Show these; the large ones first, so that the small ones lie on top, then the numbers. */
  show(points: Points, now: Shown): void {
    this.#points = points;
    if (this.#drawn.length < now.places * 3 * FLOATS) this.#drawn = new Float32Array(now.places * 3 * FLOATS);
    if (this.#stacks.length < now.places) this.#stacks = new Int32Array(now.places);
    this.#instances = 0;
    this.#marks = this.#order(points, now);
    this.#ring(points, now);
    this.#count(points, now);
    this.#fresh = true;
    this.#asked ||= requestAnimationFrame(this.#draw);
  }

  #order(points: Points, now: Shown): number {
    for (let size = RADII.length - 1; size >= 0; size--) {
      for (let stack = 0; stack < now.best.length; stack++) {
        const best = now.best[stack]!;
        if (best < 0 || points.toll[best] !== size) continue;
        this.#stacks[this.#instances] = stack;
        const half = HALVES[size]!;
        this.#add(points, best, half, half, 0, 0, markCell(points.type[best]!, points.known[best]!, size));
      }
    }
    return this.#instances;
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
    const o = this.#instances++ * FLOATS;
    this.#drawn[o] = points.x[i]! - points.x[0]!;
    this.#drawn[o + 1] = points.y[i]! - points.y[0]!;
    this.#drawn[o + 2] = x;
    this.#drawn[o + 3] = y;
    this.#drawn[o + 4] = right;
    this.#drawn[o + 5] = up;
    this.#drawn[o + 6] = cell;
  }

  /** The stack whose mark lies under a point of the screen; null when there is none. The topmost wins. */
  at(point: { x: number; y: number }): number | null {
    const [map, points] = [this.#map, this.#points];
    if (!map || !points?.ids.length) return null;
    const mercator = MercatorCoordinate.fromLngLat(map.unproject([point.x, point.y]));
    const scale = 512 * 2 ** map.getZoom();
    const [cx, cy] = [mercator.x - points.x[0]!, mercator.y - points.y[0]!];
    for (let i = this.#marks - 1; i >= 0; i--) {
      const o = i * FLOATS;
      const reach = this.#drawn[o + 2]! + 1;
      if (Math.hypot((this.#drawn[o]! - cx) * scale, (this.#drawn[o + 1]! - cy) * scale) <= reach) return this.#stacks[i]!;
    }
    return null;
  }

  /** Lay the sheet on the map: it follows whatever the map does. */
  over(map: MapLibre): void {
    this.#map = map;
    this.#sheet.className = 'marks';
    this.#sheet.setAttribute('aria-hidden', 'true');
    map.getCanvasContainer().append(this.#sheet);
    this.#sheet.addEventListener('webglcontextlost', (event) => event.preventDefault());
    this.#sheet.addEventListener('webglcontextrestored', () => {
      this.#begin(map.getPixelRatio());
      this.#fresh = true;
      this.#draw();
    });
    this.#begin(map.getPixelRatio());
    map.on('render', this.#draw);
  }

  #begin(ratio: number): void {
    const gl = this.#sheet.getContext('webgl2', { antialias: false });
    if (!gl) throw new Error('no WebGL 2');
    this.#gl = gl;
    this.#ratio = ratio;
    this.#program = program(gl);
    this.#sprites = texture(gl, drawSprites(this.colours, this.written, ratio));
    this.#buffer = gl.createBuffer();
    this.#quad = gl.createVertexArray();
    this.#layOut(gl, this.#program);
  }

  #layOut(gl: GL, used: WebGLProgram): void {
    gl.bindVertexArray(this.#quad);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
    const corner = gl.getAttribLocation(used, 'corner');
    gl.enableVertexAttribArray(corner);
    gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    for (const [name, size, offset] of ATTRIBUTES) {
      const where = gl.getAttribLocation(used, name);
      gl.enableVertexAttribArray(where);
      gl.vertexAttribPointer(where, size, gl.FLOAT, false, FLOATS * 4, offset * 4);
      gl.vertexAttribDivisor(where, 1);
    }
    gl.bindVertexArray(null);
  }

  #draw = (): void => {
    cancelAnimationFrame(this.#asked);
    this.#asked = 0;
    const [map, gl, used, points] = [this.#map, this.#gl, this.#program, this.#points];
    if (!map || !gl || !used || gl.isContextLost()) return;
    const { width, height } = map.getCanvas();
    if (this.#sheet.width !== width) this.#sheet.width = width;
    if (this.#sheet.height !== height) this.#sheet.height = height;
    gl.viewport(0, 0, width, height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (!points || !this.#instances) return;
    gl.useProgram(used);
    gl.bindVertexArray(this.#quad);
    if (this.#fresh) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
      gl.bufferData(gl.ARRAY_BUFFER, this.#drawn.subarray(0, this.#instances * FLOATS), gl.DYNAMIC_DRAW);
      this.#fresh = false;
    }
    this.#place(map, gl, used, points);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#sprites);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#instances);
    gl.bindVertexArray(null);
  };

  /** Where the marks stand: in double precision from the middle of the map, a float alone would shake at high zoom. */
  #place(map: MapLibre, gl: GL, used: WebGLProgram, points: Points): void {
    const where = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(used, name);
    const middle = MercatorCoordinate.fromLngLat(map.getCenter());
    const scale = 512 * 2 ** map.getZoom();
    gl.uniform1f(where('scale'), scale);
    gl.uniform2f(where('shift'), (points.x[0]! - middle.x) * scale, (middle.y - points.y[0]!) * scale);
    gl.uniform2f(where('screen'), gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.uniform1f(where('ratio'), this.#ratio);
    gl.uniform1i(where('sprites'), 0);
  }

  remove(): void {
    cancelAnimationFrame(this.#asked);
    this.#map?.off('render', this.#draw);
    this.#gl?.getExtension('WEBGL_lose_context')?.loseContext();
    this.#sheet.remove();
    this.#map = null;
    this.#gl = null;
  }
}

function program(gl: GL): WebGLProgram {
  const made = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made) ?? 'no shader');
  return made;
}

function texture(gl: GL, canvas: OffscreenCanvas): WebGLTexture {
  const made = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, made);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
  for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
  for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
  return made;
}
