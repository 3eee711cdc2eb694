/** The layer of incidents: one mark a place, shape and colour by type, size by toll, a number where there are several.
 *  Drawn by a shader of our own, so that the clock moves without the map cutting its tiles anew. */

import { type CustomLayerInterface, type CustomRenderMethodInput, type Map as MapLibre, MercatorCoordinate } from 'maplibre-gl';

import { type Points, RADII, type Shown } from './stacks.ts';

const FLOATS = 5; // x, y, radius, look (type + 8 * known), label
const MOST = 99;
const CELL = 32;
const VERTEX = `#version 300 es
in vec2 corner; in vec2 at; in float radius; in float look; in float label;
uniform mat4 matrix; uniform vec2 pixel; uniform float badges; uniform float least;
out vec2 here; flat out float size; flat out int type; flat out int known; flat out float number;
void main() {
  gl_Position = matrix * vec4(at, 0.0, 1.0);
  size = radius; type = int(mod(look, 8.0)); known = int(look / 8.0); number = label;
  vec2 offset;
  if (badges > 0.5) {
    here = corner; offset = corner * vec2(8.0, 6.5) + vec2(radius * 0.8 + 5.0, radius * 0.8 + 3.0);
    if (label < least) offset = vec2(1e6);
  } else {
    here = corner * (radius + 2.5); offset = here;
  }
  gl_Position.xy += offset * pixel * gl_Position.w;
}`;
const FRAGMENT = `#version 300 es
precision highp float;
in vec2 here; flat in float size; flat in int type; flat in int known; flat in float number;
uniform vec3 colours[6]; uniform vec3 halo; uniform vec3 ink; uniform float badges; uniform sampler2D digits;
out vec4 colour;
float box(vec2 p, vec2 b) { vec2 d = abs(p) - b; return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0); }
float triangle(vec2 p, float r) {
  const float k = 1.7320508; p.x = abs(p.x) - r; p.y = p.y + r / k;
  if (p.x + k * p.y > 0.0) p = vec2(p.x - k * p.y, -k * p.x - p.y) / 2.0;
  p.x -= clamp(p.x, -2.0 * r, 0.0); return -length(p) * sign(p.y);
}
float hexagon(vec2 p, float r) {
  const vec3 k = vec3(-0.866025404, 0.5, 0.577350269); p = abs(p.yx);
  p -= 2.0 * min(dot(k.xy, p), 0.0) * k.xy; p -= vec2(clamp(p.x, -k.z * r, k.z * r), r); return length(p) * sign(p.y);
}
float shape(vec2 p, float r) {
  if (type == 0) return (abs(p.x) + abs(p.y) - r * 1.12) * 0.7071;
  if (type == 1) return triangle(vec2(p.x, p.y + r * 0.2), r * 0.98);
  if (type == 3) return box(p, vec2(r * 0.82));
  if (type == 4) return triangle(vec2(p.x, -p.y + r * 0.2), r * 0.98);
  if (type == 5) return hexagon(p, r * 0.9);
  return length(p) - r;
}
void main() {
  if (badges > 0.5) {
    float edge = box(here * vec2(8.0, 6.5), vec2(2.6, 1.1)) - 4.6;
    float n = min(number, ${MOST + 1}.0);
    vec2 cell = vec2(mod(n, 10.0), floor(n / 10.0));
    vec2 inner = vec2(here.x, -here.y) * vec2(0.5, 0.39) + 0.5;
    float glyph = texture(digits, (cell + inner) / vec2(10.0, 11.0)).a;
    colour = vec4(mix(halo, ink, glyph), 1.0) * (1.0 - smoothstep(-0.7, 0.3, edge));
    return;
  }
  float d = shape(here, size);
  float inside = 1.0 - smoothstep(-0.6, 0.6, d);
  float around = 1.0 - smoothstep(0.6, 2.0, d);
  float stroke = 1.0 - smoothstep(0.5, 1.3, abs(d + 0.8));
  vec3 own = colours[type];
  float fill = known == 0 ? 0.92 : known == 1 ? 0.38 : 0.12;
  if (known == 2) { float turn = atan(here.y, here.x) / 6.2831853 * 10.0; stroke *= step(0.38, fract(turn)); }
  vec4 ground = vec4(halo, 1.0) * around * 0.85;
  vec4 filled = vec4(mix(halo, own, fill), 1.0) * inside * (known == 2 ? 0.75 : 0.95);
  vec4 under = filled + ground * (1.0 - filled.a);
  colour = vec4(own, 1.0) * stroke + under * (1.0 - stroke);
}`;

export interface Colours {
  readonly types: readonly string[];
  readonly halo: string;
  readonly ink: string;
}

type GL = WebGL2RenderingContext;

export class Marks implements CustomLayerInterface {
  readonly id = 'incidents';
  readonly type = 'custom';
  readonly renderingMode = '2d';
  #map: MapLibre | null = null;
  #gl: GL | null = null;
  #program: WebGLProgram | null = null;
  #buffer: WebGLBuffer | null = null;
  #quad: WebGLVertexArrayObject | null = null;
  #digits: WebGLTexture | null = null;
  #points: Points | null = null;
  #x = new Float64Array();
  #y = new Float64Array();
  #origin = [0, 0] as [number, number];
  #drawn = new Float32Array();
  #places = new Int32Array();
  #instances = 0;
  #fresh = false;

  constructor(
    private readonly colours: Colours,
    private readonly written: (n: number) => string,
  ) {}

  /** How many marks stand on the map now, one for each place. */
  get marks(): number {
    return this.#instances;
  }

  setPoints(points: Points): void {
    this.#points = points;
    const n = points.lon.length;
    [this.#x, this.#y] = [new Float64Array(n), new Float64Array(n)];
    for (let i = 0; i < n; i++) {
      this.#x[i] = (180 + points.lon[i]!) / 360;
      this.#y[i] = 0.5 - Math.log(Math.tan(Math.PI / 4 + (points.lat[i]! * Math.PI) / 360)) / (2 * Math.PI);
    }
    this.#origin = n ? [this.#x[0]!, this.#y[0]!] : [0, 0];
    this.#drawn = new Float32Array(n * FLOATS);
    this.#places = new Int32Array(n);
    this.#instances = 0;
  }

  /** Show these; the large ones first, so that the small ones lie on top. */
  show(now: Shown): void {
    const points = this.#points;
    if (!points) return;
    let at = 0;
    for (let size = RADII.length - 1; size >= 0; size--) {
      for (let place = 0; place < now.best.length; place++) {
        const best = now.best[place]!;
        if (best < 0 || points.toll[best] !== size) continue;
        const o = at * FLOATS;
        this.#drawn[o] = this.#x[place]! - this.#origin[0];
        this.#drawn[o + 1] = this.#y[place]! - this.#origin[1];
        this.#drawn[o + 2] = RADII[size]!;
        this.#drawn[o + 3] = points.type[best]! + 8 * points.known[best]!;
        this.#drawn[o + 4] = now.count[place]!;
        this.#places[at] = place;
        at += 1;
      }
    }
    this.#instances = at;
    this.#fresh = true;
    this.#map?.triggerRepaint();
  }

  /** The place whose mark lies under a point of the screen; null when there is none. The topmost wins. */
  at(point: { x: number; y: number }): number | null {
    const map = this.#map;
    if (!map) return null;
    const mercator = MercatorCoordinate.fromLngLat(map.unproject([point.x, point.y]));
    const scale = 512 * 2 ** map.getZoom();
    const [cx, cy] = [mercator.x - this.#origin[0], mercator.y - this.#origin[1]];
    for (let i = this.#instances - 1; i >= 0; i--) {
      const o = i * FLOATS;
      const reach = this.#drawn[o + 2]! + 4;
      if (Math.hypot((this.#drawn[o]! - cx) * scale, (this.#drawn[o + 1]! - cy) * scale) <= reach) return this.#places[i]!;
    }
    return null;
  }

  onAdd(map: MapLibre, gl: WebGLRenderingContext | WebGL2RenderingContext): void {
    this.#map = map;
    this.#gl = gl as GL;
    this.#program = program(this.#gl);
    this.#digits = labels(this.#gl, this.written);
    this.#buffer = gl.createBuffer();
    this.#quad = (gl as GL).createVertexArray();
    this.#layOut(this.#gl, this.#program);
  }

  #layOut(gl: GL, program: WebGLProgram): void {
    gl.bindVertexArray(this.#quad);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
    const corner = gl.getAttribLocation(program, 'corner');
    gl.enableVertexAttribArray(corner);
    gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    for (const [name, size, offset] of [['at', 2, 0], ['radius', 1, 2], ['look', 1, 3], ['label', 1, 4]] as const) {
      const where = gl.getAttribLocation(program, name);
      gl.enableVertexAttribArray(where);
      gl.vertexAttribPointer(where, size, gl.FLOAT, false, FLOATS * 4, offset * 4);
      gl.vertexAttribDivisor(where, 1);
    }
    gl.bindVertexArray(null);
  }

  render(_: WebGLRenderingContext | WebGL2RenderingContext, given: CustomRenderMethodInput): void {
    const [gl, map, used] = [this.#gl, this.#map, this.#program];
    if (!gl || !map || !used || !this.#instances) return;
    gl.useProgram(used);
    gl.bindVertexArray(this.#quad);
    if (this.#fresh) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
      gl.bufferData(gl.ARRAY_BUFFER, this.#drawn.subarray(0, this.#instances * FLOATS), gl.DYNAMIC_DRAW);
      this.#fresh = false;
    }
    const where = (name: string) => gl.getUniformLocation(used, name);
    gl.uniformMatrix4fv(where('matrix'), false, moved(given.defaultProjectionData.mainMatrix, this.#origin));
    const { clientWidth, clientHeight } = map.getCanvas();
    gl.uniform2f(where('pixel'), 2 / clientWidth, 2 / clientHeight);
    // From afar only what is many is counted: numbers would hide the marks that lie beside.
    gl.uniform1f(where('least'), map.getZoom() < 6.5 ? 10 : map.getZoom() < 8 ? 4 : 2);
    gl.uniform3fv(where('colours'), this.colours.types.flatMap(rgb));
    gl.uniform3fv(where('halo'), rgb(this.colours.halo));
    gl.uniform3fv(where('ink'), rgb(this.colours.ink));
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#digits);
    gl.uniform1i(where('digits'), 0);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    for (const pass of [0, 1]) {
      gl.uniform1f(where('badges'), pass);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#instances);
    }
    gl.bindVertexArray(null);
  }

  onRemove(): void {
    this.#map = null;
    this.#gl = null;
  }
}

/** matrix * translation, in double precision: a float alone would shake at high zoom. */
function moved(matrix: ArrayLike<number>, [x, y]: [number, number]): Float32Array {
  const out = Float32Array.from(matrix);
  for (let i = 0; i < 4; i++) out[12 + i] = matrix[i]! * x + matrix[4 + i]! * y + matrix[12 + i]!;
  return out;
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

/** A picture of the numbers 0-99 and of "99+", in the digits of the page. */
function labels(gl: GL, written: (n: number) => string): WebGLTexture {
  const canvas = new OffscreenCanvas(10 * CELL, 11 * CELL);
  const pen = canvas.getContext('2d')!;
  pen.font = `600 ${CELL * 0.56}px "IBM Plex Sans Arabic", sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (let n = 0; n <= MOST + 1; n++) {
    const text = n > MOST ? `${written(MOST)}+` : written(n);
    pen.fillText(text, ((n % 10) + 0.5) * CELL, (Math.floor(n / 10) + 0.52) * CELL, CELL * 0.94);
  }
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
}

/** #abc or #aabbcc, since the build shortens what it can. */
function rgb(colour: string): [number, number, number] {
  const hex = colour.trim().slice(1);
  const n = Number.parseInt(hex.length === 3 ? hex.replace(/./g, '$&$&') : hex, 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}
