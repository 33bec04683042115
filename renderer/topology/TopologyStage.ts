import type { Core, EventObject } from "cytoscape";
import type { Layout, Point } from "../../playground/picture/layoutTypes.ts";
import { boundsOf } from "./focusBounds.ts";
import { betweenLayouts, clampTo, moveNodes } from "./movedLayout.ts";
import { ScenePainter, type Legibility } from "./paintScene.ts";
import type { Palette, Scene } from "../../playground/picture/scene.ts";
import { fittedView, type StageInset, type StageView } from "./fittedView.ts";
import { createGraph, syncGraph } from "./stageGraph.ts";

/** What the stage tells its owner; points are in CSS pixels from the stage's top left corner. */
export interface StageEvents {
  hover(id: string | undefined, point: Point): void;
  select(id: string | undefined): void;
  /** A click that did not become a double-click. */
  settle(id: string | undefined): void;
  open(id: string): void;
  menu(id: string, point: Point): void;
  moved(id: string, point: Point): void;
  /** The reader panned or zoomed by hand. */
  touched(): void;
  /** Which part is shown: what is drawn over the stage moves with it. */
  viewport?(view: StageView): void;
}

export interface StageOptions {
  readonly container: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly events: StageEvents;
  readonly families: { readonly sans: string; readonly mono: string };
  /** As at a desk, unless told. */
  readonly legibility?: Legibility | undefined;
  /** A fitted picture is enlarged at most so much; 1.15 unless told. */
  readonly largestFit?: number | undefined;
}

const deskFit = 1.15;
const changeMilliseconds = 200;
const travelMilliseconds = 300;

/**
 * The live picture. Cytoscape holds the graph, the viewport, hit testing and dragging; the shapes are painted on a canvas
 * above it, because nested boxes with two-part labels inside are beyond Cytoscape's own drawing.
 */
export class TopologyStage {
  private readonly cy: Core;
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D | null;
  private readonly painter: ScenePainter;
  private readonly observer: ResizeObserver;
  private layout: Layout | undefined;
  private shown: Layout | undefined;
  private makeScene: ((layout: Layout) => Scene) | undefined;
  private scene: Scene | undefined;
  private palette: Palette | undefined;
  private frame = 0;
  private tween: { from: Layout; start: number } | undefined;
  private dragged = new Map<string, Point>();
  private inset: StageInset = { top: 0, right: 0, bottom: 0 };
  private revealed: string | undefined;
  private follows = true;
  private isOurs = false;
  private focus: readonly string[] = [];
  private readonly largestFit: number;

  constructor(options: StageOptions) {
    this.canvas = options.canvas;
    this.context = options.canvas.getContext("2d");
    this.painter = new ScenePainter(options.families, options.legibility);
    this.largestFit = options.largestFit ?? deskFit;
    this.cy = createGraph(options.container);
    this.listen(options.events);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(options.container);
    this.resize();
    void document.fonts.ready.then(() => {
      this.painter.forgetWidths();
      this.schedule();
    });
  }

  /** Shows a layout; `animate` moves what is there from its old place, in 200 ms. */
  setLayout(layout: Layout, animate: boolean): void {
    const before = this.shown;
    this.layout = layout;
    this.dragged.clear();
    this.tween = animate && before !== undefined ? { from: before, start: performance.now() } : undefined;
    this.shown = this.tween === undefined ? layout : before;
    syncGraph(this.cy, layout);
    if (this.follows) this.fit();
    this.scene = undefined;
    this.schedule();
  }

  /** Says how a layout becomes shapes; called again for every change of state, selection or path. */
  setScene(makeScene: (layout: Layout) => Scene): void {
    this.makeScene = makeScene;
    this.scene = undefined;
    this.schedule();
  }

  setPalette(palette: Palette): void {
    this.palette = palette;
    this.schedule();
  }

  /** Says what covers the stage: a fitted picture keeps clear of it. */
  setInset(inset: StageInset): void {
    if (inset.top === this.inset.top && inset.right === this.inset.right && inset.bottom === this.inset.bottom) return;
    this.inset = inset;
    if (this.follows) this.fit();
  }

  /** Shows these elements as large as they fit, and from then on keeps them in view; none of them stands for everything. */
  focusOn(ids: readonly string[], animate: boolean): void {
    this.focus = ids;
    this.fit(animate);
  }

  /** Shows everything, or what was focused on, and from then on keeps it in view until the reader moves the picture. */
  fit(animate = false): void {
    const layout = this.layout;
    if (layout === undefined || this.canvas.clientWidth === 0) return;
    const part = boundsOf(layout, this.focus) ?? { x: 0, y: 0, width: layout.width, height: layout.height };
    const target = fittedView(part, { width: this.canvas.clientWidth, height: this.canvas.clientHeight }, this.inset, this.largestFit);
    this.follows = true;
    this.cy.stop();
    this.isOurs = true;
    if (!animate) {
      this.cy.viewport(target);
      this.isOurs = false;
      if (this.inset.right > 0 && this.revealed !== undefined) this.reveal(this.revealed);
      return;
    }
    this.cy.animate(target, { duration: travelMilliseconds, easing: "ease-in-out-cubic", complete: () => (this.isOurs = false) });
  }

  zoomBy(factor: number): void {
    this.cy.stop();
    this.isOurs = false;
    this.follows = false;
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: (this.canvas.clientWidth - this.inset.right) / 2, y: this.canvas.clientHeight / 2 } });
  }

  /** Pans as little as needed to bring an element into view, and keeps it there when the stage is covered anew. */
  reveal(id: string): void {
    this.revealed = id;
    const point = this.screenPoint(id);
    if (point === undefined) return;
    const margin = 60;
    const right = this.canvas.clientWidth - this.inset.right - margin;
    const bottom = this.canvas.clientHeight - this.inset.bottom - margin;
    const x = point.x < margin ? margin - point.x : point.x > right ? right - point.x : 0;
    const top = margin + this.inset.top;
    const y = point.y < top ? top - point.y : point.y > bottom ? bottom - point.y : 0;
    if (x === 0 && y === 0) return;
    // A picture that follows what covers it goes on doing so.
    this.isOurs = this.follows;
    this.cy.panBy({ x, y });
    this.isOurs = false;
  }

  /** Where an element's centre is on the stage. */
  screenPoint(id: string): Point | undefined {
    const element = this.cy.getElementById(id).nonempty() ? this.cy.getElementById(id) : this.cy.getElementById(`${id}#from`);
    if (element.empty() || !element.isNode()) return undefined;
    return element.renderedPosition();
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.cy.destroy();
  }

  private listen(events: StageEvents): void {
    const idOf = (event: EventObject): string => String(event.target.data("element"));
    this.cy.on("mouseover", "node", (event) => events.hover(idOf(event), event.renderedPosition));
    this.cy.on("mouseout", "node", (event) => events.hover(undefined, event.renderedPosition));
    this.cy.on("tap", (event) => events.select(event.target === this.cy ? undefined : event.target.isNode() ? idOf(event) : undefined));
    this.cy.on("onetap", (event) => events.settle(event.target !== this.cy && event.target.isNode() ? idOf(event) : undefined));
    this.cy.on("dbltap", "node", (event) => events.open(idOf(event)));
    this.cy.on("cxttap", "node", (event) => events.menu(idOf(event), event.renderedPosition));
    this.cy.on("grab", "node", (event) => events.hover(undefined, event.renderedPosition));
    this.cy.on("drag", "node", (event) => {
      this.dragged.set(idOf(event), { ...event.target.position() });
      this.scene = undefined;
      this.schedule();
    });
    this.cy.on("free", "node", (event) => {
      const id = idOf(event);
      const place = this.dragged.get(id);
      const placed = this.layout?.nodes.find((node) => node.id === id);
      if (place !== undefined && placed !== undefined) events.moved(id, placed.bounds === undefined ? place : clampTo(placed.bounds, place));
    });
    this.cy.on("viewport", () => {
      if (!this.isOurs) {
        this.follows = false;
        events.touched();
      }
      events.viewport?.({ pan: { ...this.cy.pan() }, zoom: this.cy.zoom() });
      this.schedule();
    });
  }

  private resize(): void {
    const ratio = window.devicePixelRatio;
    this.canvas.width = Math.round(this.canvas.clientWidth * ratio);
    this.canvas.height = Math.round(this.canvas.clientHeight * ratio);
    this.isOurs = true;
    this.cy.resize();
    this.isOurs = false;
    if (this.follows) this.fit();
    // A canvas that changed its size is blank: paint in this very frame, else it flickers.
    this.paint(performance.now());
  }

  private schedule(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame((now) => {
      this.frame = 0;
      this.paint(now);
    });
  }

  private paint(now: number): void {
    const { context, palette, layout } = this;
    if (context === null || palette === undefined || layout === undefined || this.makeScene === undefined) return;
    if (this.tween !== undefined) {
      const part = Math.min(1, (now - this.tween.start) / changeMilliseconds);
      const eased = 1 - (1 - part) ** 3;
      this.shown = betweenLayouts(this.tween.from, layout, Math.max(0, eased));
      this.scene = undefined;
      if (part >= 1) this.tween = undefined;
      else this.schedule();
    } else this.shown = layout;
    this.scene ??= this.makeScene(moveNodes(this.shown, this.dragged));
    this.painter.paint(context, this.scene, palette, { pan: this.cy.pan(), zoom: this.cy.zoom(), width: this.canvas.clientWidth, height: this.canvas.clientHeight, ratio: window.devicePixelRatio });
  }
}
