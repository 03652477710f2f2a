/** A part of a construct that its properties can leave out, and that is there in this test. */
export function present<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the construct does not have this part');
  return part;
}
