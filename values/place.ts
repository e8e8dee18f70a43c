/** A unit of the administrative tree: its 12-digit code (statistical coding of divisions), its name, its parent's code. */
export type Division = { readonly code: string; readonly name: string; readonly parent: string | null };

/** What the kernel needs to know of places: who lies in whom. The administrative parent, never the statistical one. */
export type Divisions = {
  /** The division of that code, or undefined. */
  of(code: string): Division | undefined;
  /** From the division itself up to the top of its tree, nearest first; empty when the code is unknown. */
  pathOf(code: string): readonly Division[];
};
