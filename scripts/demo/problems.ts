/** The demo cannot go on for a reason that its message tells completely. */
export class DemoFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DemoFailed';
  }
}
