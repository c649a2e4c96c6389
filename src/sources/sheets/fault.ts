/** A file that cannot be believed as a whole. The message is a sentence without its full stop. */
export class SheetError extends Error {
  override name = 'SheetError'
}
