type Cells = readonly (string | number)[];

/** How one member of a face is written to a table: its columns, and a face's cells in them. */
export interface Columns<Face> {
  readonly names: readonly string[];
  readonly cells: (face: Face) => Cells;
}

/** Every member of a face, in column order; members to leave out are listed, too, so that a new member can't be forgotten. */
export type FaceColumns<Face> = { readonly [Member in keyof Required<Face>]: Columns<Face> | "left out" };

/** Column names and rows of a table of faces. */
export class FaceTable<Face> {
  readonly #columns: readonly Columns<Face>[];
  readonly names: readonly string[];

  constructor(columns: FaceColumns<Face>) {
    this.#columns = Object.values<Columns<Face> | "left out">(columns).filter((member) => member !== "left out");
    this.names = this.#columns.flatMap(({ names }) => names);
  }

  cells(face: Face): Cells {
    return this.#columns.flatMap(({ cells }) => cells(face));
  }
}

export function column<Face>(name: string, cell: (face: Face) => string | number): Columns<Face> {
  return { names: [name], cells: (face) => [cell(face)] };
}
