import type { MarkCounts, MarkDetail } from './marks';

/** A platform with places in the plane, in pixels: what the drawings are made of, and what `watari map --json` prints. */
export interface PlacedMap {
  readonly format: typeof mapFormat;
  /** Name of the topology. */
  readonly topology: string;
  /** Whether it shows a change: marks have a meaning then, also where there is none. */
  readonly change: boolean;
  readonly width: number;
  readonly height: number;
  /** What holds others stands before them. */
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

/** Raised when a reader of the former could misunderstand it. */
export const mapFormat = 1;

export type BoxKind = 'names' | 'site' | 'system' | 'fleet' | 'balancer' | 'machine' | 'device' | 'link' | 'stack';

/** Each is a stack of boxes of its own: what grows in one moves nothing in another. */
export type Column = 'top' | 'left' | 'middle' | 'right';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Text within a box, from the box's corner on. */
export interface TextLine {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly style: 'title' | 'small' | 'caption' | 'plain';
}

/** What a thing is: a word for it, and its value. */
export type Detail = readonly [string, string];

export interface Fold {
  /** Pixels by which it grows when it is unfolded. */
  readonly by: number;
  /** Machines that it hides. */
  readonly hides: number;
  /** How many of those are marked. */
  readonly marked: number;
}

export interface Box extends Rectangle {
  /** `machine:gcp/live-edge`. */
  readonly id: string;
  readonly kind: BoxKind;
  /** Id of the box that holds it. */
  readonly parent?: string;
  readonly column: Column;
  /** Its full name, for search and for those who hear it. */
  readonly label: string;
  readonly lines: readonly TextLine[];
  readonly details: readonly Detail[];
  readonly mark?: MarkDetail;
  /** Marks of what it holds. */
  readonly counts?: MarkCounts;
  /** A fleet that is too large to be shown as a whole unless asked for. */
  readonly fold?: Fold;
  /** Id of the fleet that hides it while it is folded. */
  readonly hiddenIn?: string;
}

/** From a site to the box of a link: twice for each path. */
export interface Line {
  readonly id: string;
  readonly link: string;
  readonly site: string;
  readonly path: 'primary' | 'backup' | 'none';
  readonly kind: 'vpn' | 'circuit' | 'segment' | 'none';
  /** From the site on; corners at right angles. */
  readonly points: readonly (readonly [number, number])[];
  readonly mark?: MarkDetail;
}
