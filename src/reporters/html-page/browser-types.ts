// The few parts of a browser that the page's script touches. The DOM library of TypeScript would give the whole of
// rtbench browser globals that Node does not have.

export interface PageElement {
  id: string
  hidden: boolean
  open: boolean
  checked: boolean
  value: string
  textContent: string
  clientWidth: number
  dataset: Record<string, string>
  replaceChildren(): void
  addEventListener(event: string, listener: () => void): void
  querySelectorAll(selector: string): Iterable<PageElement>
}

export interface Page {
  document: {
    documentElement: PageElement
    getElementById(id: string): PageElement | null
    querySelectorAll(selector: string): Iterable<PageElement>
  }
  getComputedStyle(element: PageElement): { getPropertyValue(name: string): string }
  matchMedia(query: string): PageElement
  addEventListener(event: string, listener: () => void): void
  requestAnimationFrame(work: () => void): void
  uPlot: PlotLibrary
}

export interface Plot {
  ctx: {
    fillStyle: string
    fillRect(x: number, y: number, width: number, height: number): void
  }
  bbox: { left: number; top: number; width: number; height: number }
  valToPos(value: number, scale: string, canvasPixels: boolean): number
  setSize(size: { width: number; height: number }): void
  destroy(): void
}

export interface PlotLibrary {
  new (options: object, data: (number | null)[][], element: PageElement): Plot
  paths: { stepped(options: { align: number }): unknown }
}
